/** Splits long work into turns, so that the server answers requests in between. */

/** Maximum length of a turn in ms. */
const LONGEST_TURN = 10;

/** Lets waiting messages be handled first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The result of all steps; undefined if it was stopped before the last one. */
export async function takeSteps<T>(
  begin: () => Generator<undefined, T>,
  isStopped: () => boolean,
): Promise<T | undefined> {
  if (isStopped()) return undefined;
  const steps = begin();
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < LONGEST_TURN) continue;
    await turn();
    if (isStopped()) return undefined;
    since = performance.now();
  }
}

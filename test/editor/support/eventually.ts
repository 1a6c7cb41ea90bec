/** Time limit in ms for anything in an editor on a busy machine; it only ends what would never end. */
const DEADLINE_MS = 240_000;
const INTERVAL_MS = 50;

/** Repeats an assertion until it holds, and lets its last error through when it does not within the deadline. */
export async function eventually<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}

/** Delta debugging: the shortest text that still fails. */

/** Ways to split a text, from coarse to fine. */
const CUTS: readonly ((text: string) => string[])[] = [
  (text) => text.split(/(?<=\n)/),
  (text) => text.split(/(?<=[\s,=:'"[\]{}])/),
  (text) => Array.from(text),
];

/**
 * A shorter text with the same failure; minimal if the number of tries is sufficient.
 *
 * @param fails whether a text has the failure; calls do not overlap
 * @param most maximum number of tries
 */
export async function shrink(
  text: string,
  fails: (text: string) => boolean | Promise<boolean>,
  most: number,
): Promise<string> {
  let tries = 0;
  let least = text;
  const holds = async (candidate: string) => {
    if (tries >= most || candidate.length >= least.length) return false;
    tries++;
    return fails(candidate);
  };
  for (let before = -1; before !== least.length; ) {
    before = least.length;
    for (const cut of CUTS) {
      let parts = cut(least);
      for (let size = Math.ceil(parts.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
        for (let at = 0; at < parts.length; ) {
          const rest = [...parts.slice(0, at), ...parts.slice(at + size)];
          if (await holds(rest.join(""))) {
            parts = rest;
            least = rest.join("");
          } else at += size;
        }
      }
    }
    if (tries >= most) break;
  }
  return least;
}

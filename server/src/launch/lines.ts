/** Lines of a text by offset. */

/** Where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  // `lastIndexOf` takes a negative start for 0, and would find a newline that stands behind the offset.
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

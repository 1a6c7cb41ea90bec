/** Words in quotes that are not closed yet, because someone is typing there. */

/** Where a word ends that begins at `start`: before what surely does not belong to it, and not behind `end`. */
export function endOfOpenWord(text: string, start: number, end: number): number {
  const [word = ""] = /^[^\s"'\\,()[\]{}]*/.exec(text.slice(start, end)) ?? [];
  return start + word.length;
}

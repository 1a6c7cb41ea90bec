/** Words with an unclosed quote, while the user is typing. */

/** End of the word that begins at `start`: before text that certainly does not belong to it, and not after `end`. */
export function endOfOpenWord(text: string, start: number, end: number): number {
  const [word = ""] = /^[^\s"'\\,()[\]{}]*/.exec(text.slice(start, end)) ?? [];
  return start + word.length;
}

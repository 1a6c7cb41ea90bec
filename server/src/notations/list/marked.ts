/** `# lightllm: args`: a comment that marks the text below it as LightLLM's arguments, whatever starts them. */

import { directiveComment } from "../../launch/directive-comment";
import { lineBefore } from "../../launch/lines";
import { type Embedded, toFile } from "../embedded";

/** Whether the comment is on the line above an offset's line. */
export function isMarkedAsArguments(text: string, offset: number, signs?: readonly string[]): boolean {
  const above = lineBefore(text, offset);
  return above !== undefined && directiveComment(above.text, signs)?.word === "args";
}

/** Joins two texts of a file into one. */
export function oneAfterOther(first: Embedded, separator: " ", second: Embedded): Embedded {
  const holes = [...(first.holes ?? []), ...(second.holes ?? [])];
  return {
    text: first.text + separator + second.text,
    offsets: [...placesOf(first), ...placesOf(second)],
    quoting: second.quoting,
    ...(holes.length > 0 && { holes: new Map(holes) }),
  };
}

function placesOf(embedded: Embedded): number[] {
  return Array.from({ length: embedded.text.length + 1 }, (_, at) => toFile(embedded, at));
}

/** `# lightllm: args`: a comment that marks the text below it as LightLLM's arguments, whatever starts them. */

import { directiveComment } from "../../launch/directive-comment";
import { lineBefore } from "../../launch/lines";

/** Whether the comment is on the line above an offset's line. */
export function isMarkedAsArguments(text: string, offset: number, signs?: readonly string[]): boolean {
  const above = lineBefore(text, offset);
  return above !== undefined && directiveComment(above.text, signs)?.word === "args";
}

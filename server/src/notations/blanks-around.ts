/** Blanks around the `=` of a variable where its notation allows none. */
import type { Span, TextProblem } from "../launch/launch";
import { say } from "../messages";

/**
 * The problem of a variable that does not get its value.
 *
 * @param blanks the places of the blanks; none if it is not certain which words are the value.
 */
export function blanksAround(
  where: "shell" | "dockerfile" | "other",
  name: string,
  span: Span,
  blanks: readonly Span[],
): TextProblem {
  const edits = blanks.map((one) => ({ span: one, newText: "" }));
  return {
    code: "environment-variable-name",
    variant: "blanks",
    span,
    message: say("shell.blank-assignment", { name, where }),
    fixes:
      edits.length > 0
        ? [{ title: say("shell.remove-blanks"), kind: "spelling", preferred: true, edits }]
        : [],
  };
}

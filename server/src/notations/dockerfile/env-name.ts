/** The place of a variable's name in a Dockerfile. */
import { spanFrom, touches } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { VariableNamePlace } from "../containers/variable-cursor";
import { plainBody } from "./body";
import { instructionsOf } from "./instructions";

const BEFORE_NAME = /^\s*(?:[A-Za-z_][\w.-]*=(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])*\s+)*(\w*)$/;

/** The place of a name in `ENV`. */
export function variablePlace(text: string, offset: number, after: string): VariableNamePlace | undefined {
  const instructions = instructionsOf(text);
  const instruction = instructions.find(({ span }) => touches(span, offset));
  if (instruction?.keyword !== "ENV" || offset < instruction.bodyStart) return undefined;
  const lines = instruction.lines
    .filter(({ start }) => start <= offset)
    .map(({ start, end }) => spanFrom(start, Math.min(end, offset)));
  const typed = BEFORE_NAME.exec(plainBody(text, { ...instruction, lines }).text)?.[1];
  const line = text.slice(lineStartAt(text, offset), offset);
  // Directly after `ENV` or an escape character, or in a comment between the lines, there is no place for a name.
  if (typed === undefined || !line.endsWith(typed)) return undefined;
  if (!/^(?![ \t]*#)(?:.*[ \t])?$/.test(line.slice(0, line.length - typed.length))) return undefined;
  const stages = instructions.filter(({ keyword }) => keyword === "FROM").map(({ span }) => span.start);
  const start = stages.findLast((at) => at <= offset) ?? 0;
  const end = stages.find((at) => at > offset) ?? text.length;
  const hasValue = /^=|^[ \t]+(?![\w.-]+=)[^\s\\`]/.test(after);
  return { typed, around: spanFrom(start, end), suffix: hasValue ? "" : "=" };
}

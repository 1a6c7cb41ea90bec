/** The arguments of an instruction, with the place of each character. */
import type { Embedded } from "../embedded";
import type { Instruction } from "./instructions";

/**
 * The arguments of an instruction as shell text. Continuation lines are kept, always with a backslash. Comments and
 * blank lines between them are removed, and white space after the backslash, which Docker ignores.
 */
export function shellBody(text: string, instruction: Instruction): Embedded {
  const { lines, bodyStart } = instruction;
  let body = "";
  const offsets: number[] = [];
  const add = (part: string, from: number) => {
    for (let at = 0; at < part.length; at++) offsets.push(from + at);
    body += part;
  };
  let end = bodyStart;
  for (const [index, line] of lines.entries()) {
    const start = index === 0 ? Math.max(bodyStart, line.start) : line.start;
    const written = text.slice(start, line.end);
    const continued = continuedPart(written, instruction);
    end = line.end;
    if (continued === undefined) {
      add(written, start);
      break;
    }
    add(continued, start);
    if (index === lines.length - 1) {
      end = start + continued.length;
      break;
    }
    add("\\", start + continued.length);
    add("\n", line.end);
  }
  return { text: body, offsets: [...offsets, end], quoting: [], linesAbove: instruction.span.start };
}

/** The line without its escape character; undefined if it is not continued. */
function continuedPart(line: string, { escapeChar }: Instruction): string | undefined {
  const content = line.trimEnd();
  return content.endsWith(escapeChar) ? content.slice(0, -1) : undefined;
}

/** The arguments as Docker itself reads them: on one line. */
export function plainBody(text: string, instruction: Instruction): Embedded {
  const { text: body, offsets } = shellBody(text, instruction);
  const places = offsets as readonly number[];
  let plain = "";
  const kept: number[] = [];
  for (let at = 0; at < body.length; at++) {
    if (body[at] === "\\" && body[at + 1] === "\n") at++;
    else {
      plain += body[at];
      kept.push(places[at] ?? 0);
    }
  }
  return { text: plain, offsets: [...kept, places.at(-1) ?? instruction.bodyStart], quoting: [] };
}

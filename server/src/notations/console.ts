/** Terminal transcripts: extracts the commands after the prompts, without the output. */

import { type Span, spanFrom } from "../launch/launch";
import { type Line, linesOf } from "../launch/lines";
import { type Embedded, toFile } from "./embedded";

/** Parts of an embedded text, joined; each character keeps its place in the file. */
export function joinParts(block: Embedded, parts: readonly Span[]): Embedded {
  const text = parts.map(({ start, end }) => block.text.slice(start, end)).join("");
  const isWhole = parts.every(({ start }, at) => at === 0 || start === parts[at - 1]?.end);
  if (isWhole && typeof block.offsets === "number")
    return { ...block, text, offsets: toFile(block, parts[0]?.start ?? 0) };
  const offsets: number[] = [];
  for (const { start, end } of parts) for (let at = start; at < end; at++) offsets.push(toFile(block, at));
  offsets.push(toFile(block, parts.at(-1)?.end ?? 0));
  return { ...block, text, offsets };
}

/** `$ `, `(env) $ `, `~/src $ `, `user@host:~$ `, `[root@host dir]# `, `bash-5.1# `. */
const ENVIRONMENT = String.raw`[ \t]*(?:\([\w.+-]+\)[ \t]*)*`;
const PROMPT = new RegExp(
  `^${ENVIRONMENT}(?:\\[?[\\w.-]+@[\\w.-]+(?:[: ][^\\s$#%>\\]]*)?\\]?[ ]?[$#%>❯]|(?:ba|z|k)?sh-\\d[\\d.]*[$#]|(?:[~/][^\\s$#%]*[ ]?)?[$%❯➜])(?:[ \\t]+|$)`,
);
/** Prompts that are comments or redirections elsewhere. */
const ROOT_PROMPT = new RegExp(`^${ENVIRONMENT}#[ \\t]+`);
const ANGLE_PROMPT = new RegExp(`^(?:${ENVIRONMENT}|PS [A-Z]:[^>]*)>[ \\t]+`);
const SECONDARY = /^[ \t]*>(?:[ \t]|$)/;
const STARTS_LAUNCH = /lightllm[./\\]server[./\\]api_server/;
const CONTINUES = /\\[ \t]*$/;
const FLAG_LINE = /^[ \t]*--?[A-Za-z]/;

/**
 * The commands of a transcript, or the whole block if it has no prompts. `isScript`: the page marks it as a script, in
 * which `# ` always begins a comment.
 */
export function readTranscript(block: Embedded, isScript = false): Embedded {
  const lines = linesOf(block.text);
  const prompt = promptOf(lines, isScript);
  return prompt ? joinParts(block, commandParts(lines, prompt)) : block;
}

function promptOf(lines: readonly Line[], isScript: boolean): RegExp | undefined {
  if (lines.some(({ text }) => PROMPT.test(text) && text.replace(PROMPT, "").trim() !== "")) return PROMPT;
  if (isScript) return undefined;
  const firstWith = (prompt: RegExp) =>
    lines.findIndex(({ text }) => prompt.test(text) && STARTS_LAUNCH.test(text));
  // A comment is followed by the command it explains; a prompt is on the line of the command.
  for (const prompt of [ROOT_PROMPT, ANGLE_PROMPT]) {
    const first = firstWith(prompt);
    const bare = lines.some(({ text }) => STARTS_LAUNCH.test(text) && !prompt.test(text));
    const continued = CONTINUES.test(lines[first - 1]?.text ?? "");
    if (first >= 0 && !bare && !continued) return prompt;
  }
  return undefined;
}

/** The parts after the prompts, with continuation lines and line breaks. */
function commandParts(lines: readonly Line[], prompt: RegExp): Span[] {
  const parts: Span[] = [];
  let state: "output" | "command" | "continued" = "output";
  let secondary: boolean | undefined;
  lines.forEach((line, index) => {
    const own = prompt.exec(line.text);
    if (own && (prompt === PROMPT || state !== "continued")) {
      parts.push(spanFrom(line.start + own[0].length, line.next));
      state = CONTINUES.test(line.text) ? "continued" : "command";
      secondary = undefined;
      return;
    }
    const angle = prompt === ANGLE_PROMPT ? undefined : SECONDARY.exec(line.text);
    const goesOn = state === "continued" || (state === "command" && (angle || FLAG_LINE.test(line.text)));
    if (!goesOn) {
      state = "output";
      return;
    }
    secondary ??= angle !== null && angle !== undefined && isSecondary(lines, index);
    parts.push(spanFrom(line.start + (secondary && angle ? angle[0].length : 0), line.next));
    state = CONTINUES.test(line.text) ? "continued" : "command";
  });
  return parts;
}

/**
 * Whether `> ` is a continuation prompt, not a redirection: it is followed by flags, indented text, or more such lines.
 */
function isSecondary(lines: readonly Line[], index: number): boolean {
  const rest = lines[index]?.text.replace(SECONDARY, "") ?? "";
  return (
    /^[ \t]/.test(rest) ||
    FLAG_LINE.test(rest) ||
    CONTINUES.test(rest) ||
    SECONDARY.test(lines[index + 1]?.text ?? "")
  );
}

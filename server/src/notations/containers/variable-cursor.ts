/**
 * The name of an environment variable where a container file gives variables to what it runs: `ENV`, `environment:`,
 * `env:`. It looks at lines rather than at the parse, because the line with the cursor is half-typed.
 */
import { type Launch, type LaunchFile, type Span, spanFrom, touches } from "../../launch/launch";
import { plainBody } from "../dockerfile/body";
import { instructionsOf } from "../dockerfile/instructions";
import type { Cursor } from "../notation";

/** A place for a name, and the stage, the service or the container that it belongs to. */
interface Place {
  readonly typed: string;
  readonly around: Span;
  readonly suffix: string;
}

/** A variable's name; `undefined` elsewhere, and where the file starts no LightLLM that could read it. */
export function variableInContainer(file: LaunchFile, offset: number): Cursor | undefined {
  const { text, launches, notation } = file;
  if (launches.length === 0) return undefined;
  const [rest = "", behind = ""] = /^\w*(.*)/.exec(text.slice(offset)) ?? [];
  const place =
    notation === "dockerfile"
      ? placeInDockerfile(text, offset, behind)
      : placeInYaml(text, offset, behind, notation === "compose");
  const launch = place && launchReached(launches, place.around, offset);
  if (!launch) return undefined;
  const replace = spanFrom(offset - place.typed.length, offset + rest.length - behind.length);
  return { kind: "variable", launch, replace, typed: place.typed, suffix: place.suffix };
}

/** The next launch around the place, or the one before; else one given a variable there, else the next in the text. */
function launchReached(launches: readonly Launch[], around: Span, offset: number): Launch | undefined {
  const own = launches.filter(({ span }) => touches(around, span.start));
  const given = launches.filter(({ environment }) =>
    environment.some(({ nameSpan }) => touches(around, nameSpan.start)),
  );
  const next = ({ span }: Launch) => span.start >= offset;
  return own.find(next) ?? own.at(-1) ?? given[0] ?? launches.find(next) ?? launches[0];
}

const BEFORE_NAME = /^\s*(?:[A-Za-z_][\w.-]*=(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])*\s+)*(\w*)$/;

function placeInDockerfile(text: string, offset: number, behind: string): Place | undefined {
  const instructions = instructionsOf(text);
  const instruction = instructions.find(({ span }) => touches(span, offset));
  if (instruction?.keyword !== "ENV" || offset < instruction.bodyStart) return undefined;
  const lines = instruction.lines
    .filter(({ start }) => start <= offset)
    .map(({ start, end }) => spanFrom(start, Math.min(end, offset)));
  const typed = BEFORE_NAME.exec(plainBody(text, { ...instruction, lines }).text)?.[1];
  const line = text.slice(0, offset).split("\n").at(-1) ?? "";
  // `ENV` or an escape character right before it, or a comment between the lines, leaves no place for a name.
  if (typed === undefined || !line.endsWith(typed)) return undefined;
  if (!/^(?![ \t]*#)(?:.*[ \t])?$/.test(line.slice(0, line.length - typed.length))) return undefined;
  const stages = instructions.filter(({ keyword }) => keyword === "FROM").map(({ span }) => span.start);
  const start = stages.findLast((at) => at <= offset) ?? 0;
  const end = stages.find((at) => at > offset) ?? text.length;
  const hasValue = /^=|^[ \t]+(?![\w.-]+=)[^\s\\`]/.test(behind);
  return { typed, around: spanFrom(start, end), suffix: hasValue ? "" : "=" };
}

const COMPOSE_NAME = /^([ \t]*(?:-[ \t]+)?)(["']?)(\w*)$/;
const KUBERNETES_NAME = /^([ \t]*(?:-[ \t]+)?)(?:name|"name"|'name')[ \t]*:[ \t]+(["']?)(\w*)$/;
const BEHIND_NAME = /^["']?[ \t]*(?:[:=].*|[ \t]#.*)?$/;
const COMPOSE_PATH = /^environment (?:\S+ services|(?:\S+ )?x-\S+)$/;
const KUBERNETES_PATH = /^env(?: |$)/;

function placeInYaml(text: string, offset: number, behind: string, isCompose: boolean): Place | undefined {
  const lines = text.split("\n");
  const above = text.slice(0, offset).split("\n");
  const row = above.length - 1;
  const match = (isCompose ? COMPOSE_NAME : KUBERNETES_NAME).exec(above[row] ?? "");
  if (!match || !BEHIND_NAME.test(behind)) return undefined;
  const [, indent = "", quote = "", typed = ""] = match;
  const keys = keysAbove(lines, row, indent.length);
  const [key] = keys;
  const path = keys.map(({ name }) => name).join(" ");
  if (!key || !(isCompose ? COMPOSE_PATH : KUBERNETES_PATH).test(path)) return undefined;
  const fellows = above.slice(key.row + 1).filter(isContent);
  const isItem = indent.includes("-");
  if (fellows.some((line) => /^\s*-(?:\s|$)/.test(line)) !== (isItem || !isCompose)) return undefined;
  const around = blockAround(lines, key);
  if (!isCompose) return { typed, around, suffix: "" };
  if (isItem) return { typed, around, suffix: behind.startsWith("=") ? "" : "=" };
  return { typed, around, suffix: quote !== "" || /^[ \t]*:/.test(behind) ? "" : ": " };
}

type Key = { readonly name: string; readonly row: number; readonly column: number };

/** The keys that a place in a line stands under, the nearest first; none where text of another kind is around it. */
function keysAbove(lines: readonly string[], row: number, column: number): Key[] {
  const keys: Key[] = [];
  for (let at = row - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
    // The dash of a block scalar stays in the content, since the text of the scalar may begin right below its bar.
    const depth = /^[ \t]*(?:-[ \t]+(?![ \t|>]))*/.exec(line)?.[0].length ?? 0;
    if (depth >= (keys.at(-1)?.column ?? column) || !isContent(line) || line.trim() === "-") continue;
    const key = /^(["']?)([\w.-]+)\1[ \t]*:(?:[ \t]+[&!]\S*)*\s*(?:#.*)?$/s.exec(line.slice(depth));
    if (!key) return [];
    keys.push({ name: key[2] ?? "", row: at, column: depth });
  }
  return keys;
}

/** The lines of the mapping that a key is in, and the line that begins it. */
function blockAround(lines: readonly string[], { row, column }: Key): Span {
  const isOutside = (line: string) => isContent(line) && line.search(/\S/) < column;
  const first = lines.findLastIndex((line, at) => at <= row && isOutside(line));
  const behind = lines.findIndex((line, at) => at > row && isOutside(line));
  const start = lines.slice(0, Math.max(first, 0)).join("\n").length;
  return spanFrom(start, lines.slice(0, behind < 0 ? lines.length : behind).join("\n").length);
}

/** Whether a line holds YAML: comments and template lines do not count, however deep they are. */
function isContent(line: string): boolean {
  return !/^\s*(?:#.*|\{\{.*\}\}\s*|\{%.*%\}\s*)?$/s.test(line);
}

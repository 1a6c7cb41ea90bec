/** What can be wrong with the YAML itself, each in one clear sentence. */

import type { YAMLError } from "yaml";
import type { DetectedIn } from "../../../../schemas/generated/rules";
import { type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { lineEndAt, lineStartAt } from "../../launch/lines";
import { doubleQuoted } from "../../launch/visible-text";
import { spanOf } from "../yaml-text/nodes";
import type { YamlDocument } from "../yaml-text/stream";
import type { ReferenceFault } from "../yaml-text/tree";

const UNREADABLE = "yaml-unreadable";
const SHAPE = "yaml-shape";

function problem(
  code: DetectedIn["notations/yaml-config/problems.ts"],
  span: Span,
  message: string,
): TextProblem {
  return { code, span, message, fixes: [] };
}

function firstLine(text: string): Span {
  const end = text.search(/[\r\n]/);
  return spanFrom(0, Math.min(end < 0 ? text.length : end, 200));
}

/** A file that holds something other than text, or text in another encoding than UTF-8. */
export function notText(text: string): TextProblem | undefined {
  if (text.includes("\0")) {
    return problem(
      UNREADABLE,
      firstLine(text),
      "This is not a text file (it holds NUL characters): it is not checked.",
    );
  }
  const at = text.indexOf("\uFFFD");
  if (at < 0) return undefined;
  const message =
    "The file is not UTF-8: here is a character that could not be decoded. Save it as UTF-8; PyYAML reads nothing else.";
  return problem(UNREADABLE, spanFrom(at, at + 1), message);
}

/** Syntax errors of a document: the half-typed lines that were set aside, else the parser's first error. */
export function syntaxProblems(document: YamlDocument): TextProblem[] {
  const { start, errors, unfinished, unclosed, misplaced } = document;
  const found: TextProblem[] = [];
  for (const span of unfinished) found.push(unfinishedLine(document, span));
  for (const span of unclosed) {
    const at = spanFrom(start + span.start, start + Math.max(span.end, span.start + 1));
    const quote = document.text[span.start] ?? '"';
    found.push({
      ...problem(
        UNREADABLE,
        at,
        `This quote is never closed: ${quote === '"' ? "a double" : "a single"} quote is missing at the end.`,
      ),
      fixes: [
        {
          title: "Close the quote at the end of the line",
          kind: "choice",
          preferred: true,
          edits: [{ span: spanFrom(at.end, at.end), newText: quote }],
        },
      ],
    });
  }
  for (const span of misplaced) {
    const at = spanFrom(start + span.start, start + span.end);
    found.push(
      problem(
        UNREADABLE,
        at,
        "YAML cannot be read here: this line is indented deeper than the key it stands below.",
      ),
    );
  }
  const first = errors.find((error) => !isKeyBeingTyped(error));
  if (first && found.length === 0) found.push(parserError(document, first));
  for (const error of errors.filter(isKeyBeingTyped)) {
    found.push(unfinishedLine(document, spanFrom(error.pos[0], error.pos[1])));
  }
  return found;
}

/** The last key of a mapping, still without its colon: the parser reads it as a key all the same. */
function isKeyBeingTyped(error: YAMLError): boolean {
  return error.code === "MISSING_CHAR" && error.message.startsWith("Implicit map keys need");
}

/** A line that holds no `key: value` yet. */
export function unfinishedLine(document: YamlDocument, span: Span): TextProblem {
  const text = document.text.slice(span.start, span.end);
  const at = spanFrom(document.start + span.start, document.start + span.end);
  const glued = /^([A-Za-z_-][\w-]*):(\S.*)$/.exec(text);
  if (glued) {
    const colon = at.start + (glued[1]?.length ?? 0) + 1;
    return {
      ...problem(UNREADABLE, at, `YAML wants a space after the colon: \`${glued[1]}: ${glued[2]}\`.`),
      fixes: [
        {
          title: "Put a space after the colon",
          kind: "spelling",
          preferred: true,
          edits: [{ span: spanFrom(colon, colon), newText: " " }],
        },
      ],
    };
  }
  const equals = /^([A-Za-z_-][\w-]*)\s*=\s*(\S.*)$/.exec(text);
  if (equals) {
    return {
      ...problem(UNREADABLE, at, `YAML separates a key from its value by a colon, not by \`=\`.`),
      fixes: [
        {
          title: `Write \`${equals[1]}: ${equals[2]}\``,
          kind: "spelling",
          preferred: true,
          edits: [{ span: at, newText: `${equals[1]}: ${equals[2]}` }],
        },
      ],
    };
  }
  return problem(UNREADABLE, at, `\`${text}\` has no value yet: a line of a config is \`key: value\`.`);
}

function parserError(document: YamlDocument, error: YAMLError): TextProblem {
  const { start, text } = document;
  const [from, to] = contentPosition(text, error.pos);
  const bracket = error.message.startsWith("Flow") ? openBracket(text, from) : undefined;
  if (bracket !== undefined) return unclosedBracket(document, bracket, from);
  const line = lineAround(text, from);
  if (error.code === "BLOCK_AS_IMPLICIT_KEY") return secondColon(document, from, line.end);
  const blank = text.slice(from, to).trim() === "";
  const span = blank ? line : spanFrom(from, to);
  const at = spanFrom(start + span.start, start + span.end);
  const tab = /^[ ]*\t/.test(text.slice(line.start, line.end)) || error.code === "TAB_AS_INDENT";
  const why = tab ? "a tab stands where only spaces may indent" : explain(error);
  return problem(UNREADABLE, at, `YAML cannot be read here: ${why}.`);
}

/** Where an error is that the parser puts at the comments and blank lines before the line it means. */
function contentPosition(text: string, [from, to]: [number, number]): [number, number] {
  const skipped = /^(?:[ \t]*(?:#.*)?\r?\n)+[ \t]*/.exec(text.slice(from));
  if (text[from] !== "#" || !skipped) return [from, to];
  const start = from + skipped[0].length;
  return [start, lineAround(text, start).end];
}

/** `host: a: b`: everything behind the first colon, a comment aside, was meant as one value. */
function secondColon({ start, text }: YamlDocument, from: number, lineEnd: number): TextProblem {
  const value = text
    .slice(from, lineEnd)
    .replace(/\s+#.*$/, "")
    .trimEnd();
  const span = spanFrom(start + from, start + from + value.length);
  const edits = [{ span, newText: doubleQuoted(value) }];
  return {
    ...problem(
      UNREADABLE,
      span,
      "YAML cannot be read here: a value with a colon and a space in it must be quoted.",
    ),
    fixes: [{ title: "Quote the value", kind: "choice", preferred: true, edits }],
  };
}

/** The last bracket before a place that nothing closes. */
function openBracket(text: string, before: number): number | undefined {
  const open: number[] = [];
  for (let at = 0; at < before; at++) {
    const char = text[at];
    if (char === "[" || char === "{") open.push(at);
    else if (char === "]" || char === "}") open.pop();
  }
  return open.at(-1);
}

function unclosedBracket({ start, text }: YamlDocument, bracket: number, before: number): TextProblem {
  const end = bracket + text.slice(bracket, before).trimEnd().length;
  const closing = text[bracket] === "[" ? "]" : "}";
  const edits = [{ span: spanFrom(start + end, start + end), newText: closing }];
  const at = spanFrom(start + bracket, start + end);
  return {
    ...problem(UNREADABLE, at, `This bracket is never closed: a \`${closing}\` is missing.`),
    fixes: [{ title: `Close it with \`${closing}\` here`, kind: "choice", preferred: true, edits }],
  };
}

function lineAround(text: string, offset: number): Span {
  return spanFrom(lineStartAt(text, offset), lineEndAt(text, offset));
}

function explain(error: YAMLError): string {
  switch (error.code) {
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
      return "this line is indented differently from its neighbours";
    case "BAD_DQ_ESCAPE":
      return "the backslash in double quotes begins no known escape. Use single quotes, or write it twice";
    default:
      return error.message.charAt(0).toLowerCase() + error.message.slice(1).replace(/\.$/, "");
  }
}

/** What PyYAML refuses of anchors and merge keys; nothing is said of a place that a template fills in. */
export function referenceProblem(
  { kind, node, name }: ReferenceFault,
  document: YamlDocument,
): TextProblem | undefined {
  const span = spanOf(node, document);
  if (document.unknown.some(({ start, end }) => start < span.end && span.start < end)) return undefined;
  switch (kind) {
    case "no-anchor":
      return problem(
        UNREADABLE,
        span,
        `\`*${name}\` names no anchor: set one with \`&${name}\` further up in the same document.`,
      );
    case "second-anchor":
      return problem(
        UNREADABLE,
        span,
        `The anchor \`&${name}\` is set a second time, which PyYAML refuses: give it another name.`,
      );
    case "merge-of-no-mapping":
      return problem(SHAPE, span, "`<<` brings in the keys of a mapping, and this is none.");
  }
}

/** YAML that can be read but is no launch config. */
export const shapeProblem = {
  notAMapping: (span: Span) =>
    problem(SHAPE, span, "A launch config is a mapping of flags to values, one `key: value` on each line."),
  keyIsNoName: (span: Span) => problem(SHAPE, span, "A key of a launch config is the name of a flag."),
  variableIsNoName: (span: Span) =>
    problem(SHAPE, span, "A key of `env` is the name of an environment variable."),
  mappingAsValue: (name: string, key: Span, anchored: boolean): TextProblem => ({
    ...problem(
      SHAPE,
      key,
      `The value of \`${name}\` is a mapping, which cannot be written on a command line. A key that only holds an anchor begins with \`x-\`.`,
    ),
    fixes: [
      {
        title: `Rename to \`x-${name}\`, a key that LightLLM does not get`,
        kind: "choice",
        preferred: anchored,
        edits: [{ span: key, newText: `x-${name}` }],
      },
    ],
  }),
  nestedItem: (span: Span) =>
    problem(SHAPE, span, "An item of a list is one word of the command line; this is a collection."),
  envIsNoMapping: (span: Span) =>
    problem(
      SHAPE,
      span,
      "`env` is a mapping of environment variables: one `NAME: value` on each line, indented.",
    ),
};

/** Problems of the YAML itself, each with a message of one sentence. */

import type { Scalar, YAMLError } from "yaml";
import type { DetectedIn } from "../../../../schemas/generated/rules";
import { type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { lineEndAt, lineStartAt } from "../../launch/lines";
import { doubleQuoted, onOneLine, shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { ConstructionFault } from "../yaml-text/construction";
import { spanOf } from "../yaml-text/nodes";
import { refusalOf } from "../yaml-text/pyyaml";
import type { YamlDocument } from "../yaml-text/stream";
import type { ReferenceFault } from "../yaml-text/tree";
import { refusedNode, refusedSyntax, wholeCharacters } from "./refusals";

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

/** A file that is not text, or that has another encoding than UTF-8. */
export function notText(text: string): TextProblem | undefined {
  if (text.includes("\0")) {
    return problem(UNREADABLE, firstLine(text), say("yaml.no-text"));
  }
  const at = text.indexOf("\uFFFD");
  if (at < 0) return undefined;
  const message = say("yaml.not-utf8");
  return problem(UNREADABLE, spanFrom(at, at + 1), message);
}

/** What PyYAML does not take for printable, not even in a comment. */
const NOT_PRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first character that PyYAML refuses anywhere in a file. */
export function unprintable(text: string): TextProblem[] {
  const at = text.search(NOT_PRINTABLE);
  if (at < 0) return [];
  const span = spanFrom(at, at + 1);
  const character = onOneLine(text.slice(at, at + 1));
  return [
    {
      ...problem(UNREADABLE, span, say("yaml.not-printable", { character })),
      fixes: [
        {
          title: say("yaml.remove-character"),
          kind: "choice",
          preferred: true,
          edits: [{ span, newText: "" }],
        },
      ],
    },
  ];
}

/** Syntax errors of a document: incomplete lines that were masked, else the parser's first error, else PyYAML's. */
export function syntaxProblems(document: YamlDocument): TextProblem[] {
  const { start, errors, unfinished, unclosed, misplaced } = document;
  if (document.isSimple) return [];
  const found: TextProblem[] = [];
  for (const span of unfinished) found.push(unfinishedLine(document, span));
  for (const span of unclosed) {
    const at = spanFrom(start + span.start, start + Math.max(span.end, span.start + 1));
    const quote = document.text[span.start] ?? '"';
    found.push({
      ...problem(UNREADABLE, at, say("yaml.open-quote", { quote: quote === '"' ? "double" : "other" })),
      fixes: [
        {
          title: say("yaml.close-quote"),
          kind: "choice",
          preferred: true,
          edits: [{ span: spanFrom(at.end, at.end), newText: quote }],
        },
      ],
    });
  }
  for (const span of misplaced) {
    const at = spanFrom(start + span.start, start + span.end);
    found.push(problem(UNREADABLE, at, say("yaml.misplaced")));
  }
  const first = errors.find((error) => !isKeyBeingTyped(error));
  if (first && found.length === 0) found.push(parserError(document, first));
  for (const error of errors.filter(isKeyBeingTyped)) {
    found.push(unfinishedLine(document, spanFrom(error.pos[0], error.pos[1])));
  }
  if (found.length > 0) return found;
  const refusal = refusalOf(document.text, document.around);
  return refusal ? [{ code: UNREADABLE, ...refusedSyntax(refusal, document) }] : [];
}

/** A node of which PyYAML makes no value. */
export function constructionProblem(
  fault: ConstructionFault,
  document: YamlDocument,
): TextProblem | undefined {
  const refused = refusedNode(fault, document);
  return isUnknown(refused.span, document) ? undefined : { code: UNREADABLE, ...refused };
}

/** Whether a template fills in a part of a place. */
export function isUnknown(span: Span, { unknown }: YamlDocument): boolean {
  return unknown.some(({ start, end }) => start < span.end && span.start < end);
}

/** The last key of a mapping without its colon: the parser reads it as a key anyway. */
function isKeyBeingTyped(error: YAMLError): boolean {
  return error.code === "MISSING_CHAR" && error.message.startsWith("Implicit map keys need");
}

/** A line without `key: value`. */
export function unfinishedLine(document: YamlDocument, span: Span): TextProblem {
  const text = document.text.slice(span.start, span.end);
  const at = spanFrom(document.start + span.start, document.start + span.end);
  const [glued, gluedKey = "", gluedValue = ""] = /^([A-Za-z_-][\w-]*):(\S.*)$/.exec(text) ?? [];
  if (glued !== undefined) {
    const colon = at.start + gluedKey.length + 1;
    return {
      ...problem(
        UNREADABLE,
        at,
        say("yaml.space-after-colon", { key: shortened(gluedKey), value: shortened(gluedValue) }),
      ),
      cutsOff: true,
      fixes: [
        {
          title: say("yaml.put-space"),
          kind: "spelling",
          preferred: true,
          edits: [{ span: spanFrom(colon, colon), newText: " " }],
        },
      ],
    };
  }
  const [wide, wideKey = "", sign = "", wideValue = ""] =
    /^([A-Za-z_-][\w-]*)[ \t]*(\uff1a\s*|:[ \t]*[\u00a0\u2000-\u200b\u202f\u205f\u3000]\s*)(\S.*)$/.exec(
      text,
    ) ?? [];
  if (wide !== undefined) {
    const message = sign.startsWith(":") ? say("yaml.wide-space") : say("yaml.wide-colon");
    return {
      ...problem(UNREADABLE, at, message),
      cutsOff: true,
      fixes: [
        {
          title: say("yaml.write-pair", { key: shortened(wideKey), value: shortened(wideValue) }),
          kind: "spelling",
          preferred: true,
          edits: [{ span: at, newText: `${wideKey}: ${wideValue}` }],
        },
      ],
    };
  }
  const [equals, key = "", value = ""] = /^([A-Za-z_-][\w-]*)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (equals !== undefined) {
    return {
      ...problem(UNREADABLE, at, say("yaml.equals")),
      cutsOff: true,
      fixes: [
        {
          title: say("yaml.write-pair", { key: shortened(key), value: shortened(value) }),
          kind: "spelling",
          preferred: true,
          edits: [{ span: at, newText: `${key}: ${value}` }],
        },
      ],
    };
  }
  return problem(UNREADABLE, at, say("yaml.no-value", { text: shortened(text) }));
}

const WIDE_INDENT = /^[\u00a0\u2000-\u200b\u202f\u205f\u3000]+/;

/** Spaces at the start of a key that look like an indentation: to YAML they are letters. */
export function wideSpaces(key: Scalar.Parsed, document: YamlDocument): TextProblem[] {
  const [spaces = ""] = WIDE_INDENT.exec(key.source) ?? [];
  if (spaces === "" || key.type !== "PLAIN") return [];
  const { start } = spanOf(key, document);
  const span = spanFrom(start, start + spaces.length);
  // Below a key without a value, or another such line below it, the line belongs to that key.
  const line = lineStartAt(document.text, start - document.start);
  const above = document.text.slice(lineStartAt(document.text, Math.max(0, line - 1)), line);
  const belongs = /:\s*$/.test(above) || WIDE_INDENT.test(above);
  const [title, newText] = belongs
    ? [say("yaml.write-spaces", { count: spaces.length }), " ".repeat(spaces.length)]
    : [say("yaml.remove-spaces"), ""];
  return [
    {
      ...problem(UNREADABLE, span, say("yaml.wide-indent")),
      fixes: [{ title, kind: "spelling", preferred: true, edits: [{ span, newText }] }],
    },
  ];
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
  const why = tab ? say("yaml.tab") : explain(error);
  return problem(UNREADABLE, at, say("yaml.unreadable", { why }));
}

/** The place of an error that the parser reports at comments and blank lines before the line it means. */
function contentPosition(text: string, [from, to]: [number, number]): [number, number] {
  const skipped = /^(?:[ \t]*(?:#.*)?\r?\n)+[ \t]*/.exec(text.slice(from));
  if (text[from] !== "#" || !skipped) return wholeCharacters(text, from, to);
  const start = from + skipped[0].length;
  return [start, lineAround(text, start).end];
}

/** `host: a: b`: everything after the first colon, except a comment, was meant as one value. */
function secondColon({ start, text }: YamlDocument, from: number, lineEnd: number): TextProblem {
  const value = text
    .slice(from, lineEnd)
    .replace(/\s+#.*$/, "")
    .trimEnd();
  const span = spanFrom(start + from, start + from + value.length);
  const edits = [{ span, newText: doubleQuoted(value) }];
  return {
    ...problem(UNREADABLE, span, say("yaml.second-colon")),
    fixes: [{ title: say("yaml.quote-value"), kind: "choice", preferred: true, edits }],
  };
}

/** The last unclosed bracket before a place. */
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
    ...problem(UNREADABLE, at, say("yaml.open-bracket", { bracket: closing })),
    fixes: [
      { title: say("yaml.close-bracket", { bracket: closing }), kind: "choice", preferred: true, edits },
    ],
  };
}

function lineAround(text: string, offset: number): Span {
  return spanFrom(lineStartAt(text, offset), lineEndAt(text, offset));
}

function explain(error: YAMLError): string {
  switch (error.code) {
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
      return say("yaml.indented");
    case "BAD_DQ_ESCAPE":
      return say("yaml.escape");
    default:
      return error.message.charAt(0).toLowerCase() + error.message.slice(1).replace(/\.$/, "");
  }
}

/** Anchors and merge keys that PyYAML rejects; places that a template fills in are skipped. */
export function referenceProblem(
  { kind, node, name }: ReferenceFault,
  document: YamlDocument,
): TextProblem | undefined {
  const span = spanOf(node, document);
  if (isUnknown(span, document)) return undefined;
  switch (kind) {
    case "no-anchor":
      return problem(UNREADABLE, span, say("yaml.no-anchor", { name: shortened(name) }));
    case "second-anchor":
      return problem(UNREADABLE, span, say("yaml.anchor-twice", { name: shortened(name) }));
    case "merge-of-no-mapping":
      return problem(SHAPE, span, say("yaml.merge-of-nothing"));
  }
}

/** Valid YAML that is not a launch config. */
export const shapeProblem = {
  notAMapping: (span: Span) => problem(SHAPE, span, say("yaml.no-mapping")),
  keyIsNoName: (span: Span) => problem(SHAPE, span, say("yaml.key-no-name")),
  variableIsNoName: (span: Span) => problem(SHAPE, span, say("yaml.variable-no-name")),
  mappingAsValue: (name: string, key: Span, anchored: boolean): TextProblem => ({
    ...problem(SHAPE, key, say("yaml.mapping-as-value", { name: shortened(name) })),
    fixes: [
      {
        title: say("yaml.rename-anchor", { name: shortened(name) }),
        kind: "choice",
        preferred: anchored,
        edits: [{ span: key, newText: `x-${name}` }],
      },
    ],
  }),
  argumentsAreNoText: (span: Span) => problem(SHAPE, span, say("yaml.arguments-no-text")),
  noArgument: (span: Span, text: string): TextProblem => ({
    ...problem(SHAPE, span, say("yaml.no-argument", { text: shortened(text) })),
    fixes: [
      {
        title: say("yaml.remove-rest"),
        kind: "choice",
        preferred: false,
        edits: [{ span, newText: "" }],
      },
    ],
  }),
  nextLine: (span: Span, header: Span | undefined): TextProblem => ({
    ...problem(SHAPE, span, say("yaml.arguments-next-line")),
    fixes: header
      ? [
          {
            title: say("yaml.join-lines"),
            kind: "choice",
            preferred: true,
            edits: [{ span: header, newText: ">" }],
          },
        ]
      : [],
  }),
  nestedItem: (span: Span) => problem(SHAPE, span, say("yaml.nested-item")),
  envIsNoMapping: (span: Span) => problem(SHAPE, span, say("yaml.env-no-mapping")),
};

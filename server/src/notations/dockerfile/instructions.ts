/**
 * Splits a Dockerfile into instructions like BuildKit's parser: an escape character at the end of a line continues it,
 * comment lines and blank lines inside an instruction are ignored, here-documents follow.
 */

import { type Span, spanFrom } from "../../launch/launch";
import { linesOf } from "../../launch/lines";
import type { Outline } from "../outline";

/** An instruction with its lines. */
export interface Instruction {
  /** In capitals: `CMD`. */
  readonly keyword: string;
  /** It is the command of an `ONBUILD`. */
  readonly isOnBuild: boolean;
  readonly span: Span;
  /** Start of its arguments, after the keyword and white space. */
  readonly bodyStart: number;
  /** The lines of the instruction without comments and line breaks. */
  readonly lines: readonly Span[];
  /** The bodies of its here-documents, without their closing lines. */
  readonly hereDocuments: readonly Span[];
  readonly escapeChar: "\\" | "`";
}

/** A keyword; `ONBUILD` before a command belongs to it. */
const KEYWORD = /^[ \t]*(ONBUILD[ \t]+(?=(?:CMD|ENTRYPOINT|RUN)(?:[ \t]|$)))?([A-Za-z]+)(?:[ \t]+|$)/i;
const DIRECTIVE = /^#[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/;
const HERE_DOCUMENT = /(?:^|[\s;&|(])\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2(?=$|[\s;&|)>])/g;

/** The instructions of a text in order. */
export function instructionsOf(text: string): Instruction[] {
  const escapeChar = escapeOf(text);
  const lines = linesOf(text, text.startsWith("\uFEFF") ? 1 : 0);
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = lines[at] as Span;
    const match = KEYWORD.exec(text.slice(first.start, first.end));
    if (!match) {
      at++;
      continue;
    }
    const own: Span[] = [first];
    let last = at;
    for (let next = at + 1; next < lines.length && continues(text, own.at(-1) as Span, escapeChar); next++) {
      const line = lines[next] as Span;
      last = next;
      const content = text.slice(line.start, line.end).trim();
      if (content !== "" && !content.startsWith("#")) own.push(line);
    }
    const keyword = (match[2] ?? "").toUpperCase();
    const bodies = hereDocuments(text, lines, last + 1, keyword, own);
    found.push({
      keyword,
      isOnBuild: match[1] !== undefined,
      span: spanFrom(first.start, lines[bodies.next - 1]?.end ?? first.end),
      bodyStart: first.start + match[0].length,
      lines: own,
      hereDocuments: bodies.found,
      escapeChar,
    });
    at = bodies.next;
  }
  return found;
}

/** Instructions that Docker knows; another word begins a line that should have continued one. */
const KNOWN =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;

/** The instructions and their keywords. */
export function outlineOfInstructions(text: string): Outline {
  const known = instructionsOf(text).filter(({ keyword }) => KNOWN.test(keyword));
  const pieces = known.flatMap(({ keyword, isOnBuild, span, bodyStart, escapeChar }) => [
    { span: spanFrom(span.start, bodyStart - 1), says: `${isOnBuild} ${keyword} ${escapeChar}` },
    { span, says: text.slice(span.start, span.end) },
  ]);
  return { pieces, faults: 0 };
}

/** `# escape=` is valid in the comments at the top of the file. */
function escapeOf(text: string): Instruction["escapeChar"] {
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    const directive = DIRECTIVE.exec(line);
    if (!directive) return "\\";
    if (directive[1]?.toLowerCase() === "escape") return directive[2] === "`" ? "`" : "\\";
  }
  return "\\";
}

function continues(text: string, { start, end }: Span, escapeChar: string): boolean {
  return text.slice(start, end).trimEnd().endsWith(escapeChar);
}

/** The here-documents that an instruction opens; an unclosed one is ignored. */
function hereDocuments(
  text: string,
  lines: readonly Span[],
  from: number,
  keyword: string,
  own: readonly Span[],
) {
  const found: Span[] = [];
  let next = from;
  if (!["RUN", "COPY", "ADD"].includes(keyword)) return { found, next };
  const written = own.map(({ start, end }) => text.slice(start, end)).join("\n");
  for (const [, dash, , name = ""] of written.matchAll(HERE_DOCUMENT)) {
    const ends = ({ start, end }: Span) => {
      const line = text.slice(start, end);
      return (dash ? line.replace(/^\t+/, "") : line) === name;
    };
    const last = lines.findIndex((line, at) => at >= next && ends(line));
    const body = lines[next];
    if (last < 0 || !body) break;
    found.push(spanFrom(body.start, lines[last]?.start ?? body.start));
    next = last + 1;
  }
  return { found, next };
}

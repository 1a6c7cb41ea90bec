/**
 * Semantic tokens of flags and values where no grammar of ours knows them: in Compose, Kubernetes, Dockerfiles, Python,
 * scripts. The YAML config has a grammar.
 */
import type { SemanticTokens } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import { type Span, writtenFor } from "../../launch/launch";
import { TOKEN_TYPES } from "./token-types";

interface Token {
  readonly span: Span;
  readonly type: (typeof TOKEN_TYPES)[number];
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** The tokens of a document, as the protocol encodes them. */
export function semanticTokens(launchDocument: LaunchDocument): SemanticTokens {
  const { document } = launchDocument;
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const { span, type } of tokensOf(launchDocument)) {
    const { start, end } = rangeOf(document, span);
    if (start.line !== end.line) continue;
    const deltaLine = start.line - line;
    const deltaStart = deltaLine === 0 ? start.character - character : start.character;
    data.push(deltaLine, deltaStart, end.character - start.character, TOKEN_TYPES.indexOf(type), 0);
    [line, character] = [start.line, start.character];
  }
  return { data };
}

function tokensOf({ file, launches }: LaunchDocument): Token[] {
  const found: Token[] = [];
  for (const { launch } of launches) {
    if (launch.form.kind === "mapping") continue;
    for (const { flag, flagSpan, joined, words, inherited } of writtenFor(launch)) {
      if (flag === "" || inherited || file.text.slice(flagSpan.start, flagSpan.end).includes("$")) continue;
      found.push({ span: flagSpan, type: "lightllmFlag" });
      for (const { text, span } of words)
        if (text !== undefined && (!joined || span.start >= flagSpan.end))
          found.push({ span, type: NUMBER.test(text) ? "number" : "string" });
    }
  }
  const ordered = found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let end = 0;
  return ordered.filter(({ span }) => {
    const isFree = span.start >= end && span.end > span.start;
    if (isFree) end = span.end;
    return isFree;
  });
}

/** Diagnostics, completion, hover and quick fixes in `.lightllm-config.yaml`. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  MarkupKind,
  type Range,
} from "vscode-languageserver-types";
import { isMap, isScalar, parseDocument } from "yaml";
import type { Catalogue } from "../../catalogue";
import {
  CONFIGURATION_KEYS,
  CONFIGURED_LANGUAGES,
  type ConfigurationProblem,
  RULE_LEVELS,
} from "../../configuration/configuration";
import { readConfiguration } from "../../configuration/read-configuration";
import { say } from "../../messages";
import { ruleInWords } from "./configuration-schema";
import { knownWords } from "./known-words";

/** What cannot be used in a configuration. */
export function diagnoseConfiguration(document: TextDocument, catalogue: Catalogue): Diagnostic[] {
  return problemsIn(document, catalogue).map((problem) => toDiagnostic(problem, document));
}

/** Replaces the words that were probably meant otherwise. */
export function configurationActions(
  document: TextDocument,
  range: Range,
  catalogue: Catalogue,
): CodeAction[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return problemsIn(document, catalogue).flatMap((problem): CodeAction[] => {
    const { meant, start, end } = problem;
    if (meant === undefined || end < from || start > to) return [];
    const edit = { range: rangeIn(document, start, end), newText: meant };
    return [
      {
        title: say("configuration.write-meant", { meant }).replaceAll("`", "'"),
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [toDiagnostic(problem, document)],
        edit: { changes: { [document.uri]: [edit] } },
      },
    ];
  });
}

/** The keys, codes and values that may be written at an offset. */
export function completeConfiguration(
  document: TextDocument,
  offset: number,
  catalogue: Catalogue,
): CompletionItem[] {
  const text = document.getText();
  const word = /[\w.-]*$/.exec(text.slice(0, offset))?.[0] ?? "";
  const start = offset - word.length;
  const end = offset + (/^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const place = placeOf(text.slice(0, start));
  const range = rangeIn(document, start, end);
  const hasColon = /^\s*:/.test(text.slice(end));
  return wordsAt(place, catalogue).map(({ label, detail, isKey }, index) => ({
    label,
    kind: isKey ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
    documentation: { kind: MarkupKind.Markdown, value: detail },
    sortText: String(index).padStart(4, "0"),
    filterText: label,
    textEdit: { range, newText: isKey && !hasColon ? `${label}: ` : label },
  }));
}

/** The documentation of the key or rule at an offset. */
export function hoverConfiguration(
  document: TextDocument,
  offset: number,
  catalogue: Catalogue,
): Hover | undefined {
  const { contents } = parseDocument(document.getText(), { logLevel: "silent" });
  const pairsOf = (node: unknown) => (isMap(node) ? node.items : []);
  for (const { key, value } of pairsOf(contents)) {
    const name = CONFIGURATION_KEYS.find((one) => isScalar(key) && one === key.value);
    if (!name) continue;
    if (isAround(key, offset)) return hoverAt(document, key, say(`configuration.key-${name}`));
    if (name !== "rules") continue;
    const code = pairsOf(value).find((pair) => isAround(pair.key, offset))?.key;
    const rule = isScalar(code) ? ruleOf(String(code.value), catalogue) : undefined;
    if (rule) return hoverAt(document, code, ruleInWords(rule));
  }
  return undefined;
}

function problemsIn(document: TextDocument, catalogue: Catalogue): readonly ConfigurationProblem[] {
  return readConfiguration(document.getText(), knownWords(catalogue))?.problems ?? [];
}

function toDiagnostic({ start, end, message }: ConfigurationProblem, document: TextDocument): Diagnostic {
  return {
    range: rangeIn(document, start, end),
    severity: DiagnosticSeverity.Warning,
    source: "lightllm",
    code: "configuration",
    message: message.replaceAll("`", "'"),
  };
}

function rangeIn(document: TextDocument, start: number, end: number): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** What is written at a place: a key of the file or of a mapping, or the value of a key. */
type Place =
  | { readonly kind: "key"; readonly within?: string | undefined }
  | { readonly kind: "value"; readonly key: string; readonly within?: string | undefined };

/** The place after a text, by the indentation of its lines, and the braces of its last one. */
function placeOf(before: string): Place {
  const lines = before.split("\n");
  const last = lines.pop() ?? "";
  const inBraces = /^(\w+):.*\{([^{}]*)$/.exec(last);
  if (inBraces) {
    const [, within, inside = ""] = inBraces;
    const key = /([\w.-]+)\s*:\s*$/.exec(inside)?.[1];
    return key === undefined ? { kind: "key", within } : { kind: "value", key, within };
  }
  const indent = (line: string) => line.length - line.trimStart().length;
  const own = indent(last);
  const parent =
    own === 0 ? undefined : lines.reverse().find((line) => line.trim() !== "" && indent(line) < own);
  const within = /^\s*([\w.-]+)\s*:/.exec(parent ?? "")?.[1];
  const key = /^\s*([\w.-]+)\s*:\s+\S*$/.exec(last)?.[1];
  if (key !== undefined) return { kind: "value", key, within };
  return { kind: "key", within: own === 0 ? undefined : (within ?? "") };
}

interface Written {
  readonly label: string;
  readonly detail: string;
  readonly isKey: boolean;
}

function wordsAt(place: Place, catalogue: Catalogue): Written[] {
  const { codes, releases } = knownWords(catalogue);
  const value = (label: string, detail = label): Written => ({ label, detail, isKey: false });
  if (place.kind === "key") {
    if (place.within === undefined)
      return CONFIGURATION_KEYS.map((key) => ({
        label: key,
        detail: say(`configuration.key-${key}`),
        isKey: true,
      }));
    if (place.within !== "rules") return [];
    return codes.map((code) => {
      const rule = ruleOf(code, catalogue);
      return { label: code, detail: rule ? ruleInWords(rule) : code, isKey: true };
    });
  }
  if (place.within === "rules")
    return RULE_LEVELS.map((level) => value(level, say(`configuration.level-${level}`)));
  if (place.within !== undefined) return [];
  if (place.key === "release") return [...releases].reverse().map((name) => value(name));
  return place.key === "language" ? CONFIGURED_LANGUAGES.map((name) => value(name)) : [];
}

function ruleOf(code: string, catalogue: Catalogue) {
  const rules = catalogue.rules();
  return Object.hasOwn(rules, code) ? rules[code as keyof typeof rules] : undefined;
}

function isAround(node: unknown, offset: number): boolean {
  const [start, end] = (node as { range?: readonly number[] } | null)?.range ?? [];
  return start !== undefined && end !== undefined && start <= offset && offset <= end;
}

function hoverAt(document: TextDocument, node: unknown, markdown: string): Hover {
  const [start = 0, end = 0] = (node as { range?: readonly number[] }).range ?? [];
  return { contents: { kind: MarkupKind.Markdown, value: markdown }, range: rangeIn(document, start, end) };
}

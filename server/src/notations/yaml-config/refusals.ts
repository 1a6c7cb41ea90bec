/** What PyYAML refuses, and the YAML parser reads: a message for each kind, with the edits that mend it. */
import { type Span, spanFrom, type TextFix } from "../../launch/launch";
import { doubleQuoted, onOneLine } from "../../launch/visible-text";
import { say } from "../../messages";
import type { ConstructionFault } from "../yaml-text/construction";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import type { RefusalKind, SyntaxRefusal } from "../yaml-text/pyyaml";
import type { YamlDocument } from "../yaml-text/stream";

/** A place that PyYAML refuses, and why. */
export interface RefusedPlace {
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly TextFix[];
}

const WHY: Readonly<Record<RefusalKind, () => string>> = {
  tab: () => say("yaml.tab-between"),
  "reserved-character": () => say("yaml.reserved-character"),
  "key-without-colon": () => say("yaml.key-without-colon"),
  "key-not-here": () => say("yaml.key-not-here"),
  "item-not-here": () => say("yaml.item-not-here"),
  directive: () => say("yaml.directive"),
  "anchor-name": () => say("yaml.anchor-name"),
  "tag-name": () => say("yaml.tag-name"),
  "block-header": () => say("yaml.block-header"),
  "open-quote": () => say("yaml.quote-not-closed"),
  escape: () => say("yaml.escape"),
  "value-missing": () => say("yaml.value-missing"),
  indentation: () => say("yaml.indented"),
  "comma-missing": () => say("yaml.comma-missing"),
  "after-end": () => say("yaml.after-end"),
  "document-start": () => say("yaml.document-start"),
};

/** The message for a fault of syntax; its place is at least one character of the document. */
export function refusedSyntax(
  { kind, start, end }: SyntaxRefusal,
  { start: base, text }: YamlDocument,
): RefusedPlace {
  const from = Math.max(Math.min(start, text.length - 1), 0);
  const stop = Math.min(Math.max(end, from + 1), Math.max(text.length, from));
  const [first, last] = wholeCharacters(text, from, stop);
  const span = spanFrom(base + first, base + last);
  return {
    span,
    message: say("yaml.unreadable", { why: WHY[kind]() }),
    fixes: tabFixes(kind, from, text, base),
  };
}

/** A place that begins and ends between characters: offsets count UTF-16 units, of which an emoji has two. */
export function wholeCharacters(text: string, from: number, to: number): [number, number] {
  const isInside = (at: number) => (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return [isInside(from) ? from - 1 : from, isInside(to) ? to + 1 : to];
}

/** Spaces for tabs mean the same, except where they indent. */
function tabFixes(kind: RefusalKind, at: number, text: string, base: number): TextFix[] {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  if (kind !== "tab" || line.trim() === "") return [];
  const tabs = /^[ \t]+/.exec(text.slice(at))?.[0] ?? "\t";
  const isLast = /[\r\n]/.test(text[at + tabs.length] ?? "\n");
  const edits = [{ span: spanFrom(base + at, base + at + tabs.length), newText: isLast ? "" : " " }];
  const title = isLast ? say("yaml.remove-tab") : say("yaml.space-for-tab");
  return [{ title, kind: "spelling", preferred: true, edits }];
}

/** The message for a node that cannot be constructed. */
export function refusedNode({ kind, node, tag }: ConstructionFault, document: YamlDocument): RefusedPlace {
  const span = spanOf(node, document);
  const word = onOneLine(sourceOf(span, document));
  const quote: TextFix = {
    title: say("yaml.quote-value"),
    kind: "spelling",
    preferred: true,
    edits: [{ span, newText: doubleQuoted(sourceOf(span, document)) }],
  };
  switch (kind) {
    case "unknown-tag":
      return { span, message: say("yaml.unknown-tag", { tag }), fixes: [] };
    case "tag-elsewhere":
      return { span, message: say("yaml.tag-elsewhere", { tag }), fixes: [] };
    case "value-of-tag":
      return { span, message: say("yaml.value-of-tag", { tag, word }), fixes: [] };
    case "number":
      return { span, message: say("yaml.no-number", { word }), fixes: [quote] };
    case "date":
      return { span, message: say("yaml.no-date", { word }), fixes: [quote] };
    case "reserved-word":
      return { span, message: say("yaml.reserved-word", { word }), fixes: [quote] };
    case "key":
      return { span, message: say("yaml.key-is-collection"), fixes: [] };
  }
}

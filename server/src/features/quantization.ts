/** Hover and completion in a file of `--quant_cfg`. */
import {
  type CompletionItem,
  CompletionItemKind,
  type Hover,
  MarkupKind,
  TextEdit,
} from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf, reasonInWords } from "../analysis/document";
import { releaseOfQuantization } from "../analysis/quantization/quantization-findings";
import { type Part, readQuantizationFile } from "../analysis/quantization/quantization-parts";
import { methodsOf } from "../analysis/quantization/quantization-problems";
import { type Release, valueMarkdown } from "../catalogue";
import { findDirectives } from "../launch/directives";
import { type Span, spanFrom, touches } from "../launch/launch";
import { type MessageId, say } from "../messages";
import { aside, type RowOptions } from "./completion/row";

/** The words that keep a weight as it is. */
const PLAIN: ReadonlySet<string> = new Set(["none", "no_quant"]);

function chosenFor({ file, settings, catalogue, notation }: EvaluatedDocument) {
  return releaseOfQuantization(file, findDirectives(file.text, notation.comments), settings, catalogue);
}

/** What is at an offset: a key, a method, a weight. */
export function quantizationHover(launchDocument: EvaluatedDocument, offset: number): Hover | undefined {
  const { file, document, catalogue } = launchDocument;
  const root = readQuantizationFile(file.text);
  const chosen = chosenFor(launchDocument);
  const at = root && placeAt(root, offset);
  if (!at) return undefined;
  const { word, span, key, isKey, isEntry } = at;
  const { key: nameKey } = catalogue.quantizationFile(chosen.release);
  const about = isKey ? keyText(key, isEntry, nameKey) : undefined;
  const paragraphs = about
    ? [`**${key}** — ${about}`]
    : key === "quant_type"
      ? methodText(launchDocument, word, chosen.release)
      : key === "name" || key === "layer_name"
        ? [`**${word}**${weightText(word) ? ` — ${weightText(word)}` : ""}`]
        : undefined;
  if (!paragraphs) return undefined;
  const judged = say("quantization.judged-by", { release: chosen.release.name, why: reasonInWords(chosen) });
  const value = [...paragraphs, `*${judged}*`].join("\n\n");
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(document, span) };
}

function methodText({ catalogue, settings }: EvaluatedDocument, word: string, release: Release): string[] {
  const flag = release.byName.get("--quant_type");
  const meaning = flag && valueMarkdown(flag, word, release, catalogue, settings.language);
  if (!methodsOf(release).includes(word)) return [`**${word}**`];
  const short = say(PLAIN.has(word) ? "quantization.method-plain" : "quantization.method-known", {
    release: release.name,
  });
  return [`**${word}** — ${meaning ?? short}`];
}

interface Place {
  readonly word: string;
  readonly span: Span;
  readonly key: string;
  readonly isKey: boolean;
  readonly isEntry: boolean;
}

function placeAt(part: Part, offset: number, isEntry = false): Place | undefined {
  for (const { key, keySpan, value } of part.entries) {
    if (touches(keySpan, offset)) return { word: key, span: keySpan, key, isKey: true, isEntry };
    if (!touches(value.span, offset)) continue;
    for (const item of value.items) {
      const inside = placeAt(item, offset, true);
      if (inside) return inside;
    }
    if (value.kind === "text" || value.kind === "integer")
      return { word: value.text, span: value.span, key, isKey: false, isEntry };
  }
  return undefined;
}

function keyText(key: string, isEntry: boolean, nameKey: string): string | undefined {
  if (isEntry && key === "quant_type") return say("quantization.key-entry-type");
  if (isEntry && key === nameKey) return say("quantization.key-name");
  if (isEntry && key === "layer_nums") return say("quantization.key-layer_nums");
  if (!isEntry && key === "quant_type") return say("quantization.key-quant_type");
  return !isEntry && key === "mix_bits" ? say("quantization.key-mix_bits") : undefined;
}

/** What a weight is. In v1.0.x some names end with an underscore. */
function weightText(name: string): string | undefined {
  const id = `quantization.name-${name.replace(/_$/, "")}`;
  return NAMED.has(id) ? say(id as "quantization.name-o_proj") : undefined;
}

const NAMED: ReadonlySet<string> = new Set<MessageId>([
  "quantization.name-qkv_proj",
  "quantization.name-q_proj",
  "quantization.name-k_proj",
  "quantization.name-v_proj",
  "quantization.name-kv_proj",
  "quantization.name-o_proj",
  "quantization.name-gate_up_proj",
  "quantization.name-gate_proj",
  "quantization.name-up_proj",
  "quantization.name-down_proj",
  "quantization.name-fused_moe",
  "quantization.name-experts",
  "quantization.name-moe_gate",
  "quantization.name-q_weight",
  "quantization.name-o_weight",
  "quantization.name-q_a_proj",
  "quantization.name-q_b_proj",
  "quantization.name-kv_a_proj_with_mqa",
  "quantization.name-qkv_a_proj_with_mqa",
  "quantization.name-kv_b_proj",
  "quantization.name-cc_kv_b_proj",
  "quantization.name-k_b_proj",
  "quantization.name-v_b_proj",
  "quantization.name-ffn_1_proj",
  "quantization.name-ffn_2_proj",
  "quantization.name-in_proj_weight",
  "quantization.name-out_proj_weight",
  "quantization.name-eh_proj",
]);

/** The keys, methods or weights that fit at an offset, by the line before it. */
export function quantizationItems(
  launchDocument: EvaluatedDocument,
  offset: number,
  options: RowOptions,
): CompletionItem[] {
  const { file, document, catalogue } = launchDocument;
  const { release } = chosenFor(launchDocument);
  const { key: nameKey, weights } = catalogue.quantizationFile(release);
  const { text } = file;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const typed = /[\w.-]*$/.exec(before)?.[0] ?? "";
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  // The beginning of an item of a list, or of a line between documents.
  if (/^(?:-+|\.+)$/.test(typed + rest) || /^(?:-+|\.+)$/.test(typed)) return [];
  const range = rangeOf(document, spanFrom(offset - typed.length, offset + rest.length));
  const lead = before.slice(0, before.length - typed.length);
  const item = (label: string, about: string, kind: CompletionItemKind, newText = label): CompletionItem => ({
    label,
    kind,
    ...aside(about, options),
    textEdit: TextEdit.replace(range, newText),
  });
  const value = /(?:^|[\s{,-])["']?(\w+)["']?[ \t]*:[ \t]+["']?$/.exec(lead)?.[1];
  if (value === "quant_type")
    return methodsOf(release).map((name) =>
      item(
        name,
        say(PLAIN.has(name) ? "quantization.method-plain" : "quantization.method-known", {
          release: release.name,
        }),
        CompletionItemKind.EnumMember,
      ),
    );
  if (value === "name" || value === "layer_name")
    return weights.map((name) =>
      item(
        name,
        weightText(name) ?? say("quantization.weight-known", { release: release.name }),
        CompletionItemKind.EnumMember,
      ),
    );
  if (value !== undefined || !/^[ \t]*(?:-[ \t]+)?(?:\{(?:[^{}]*,)?[ \t]*)?$/.test(lead)) return [];
  const isEntry = /^[ \t]+|-|\{/.test(lead);
  const keys = isEntry ? [nameKey, "quant_type", "layer_nums"] : ["quant_type", "mix_bits"];
  const suffix = /^[ \t]*:/.test(text.slice(offset + rest.length)) ? "" : ": ";
  return keys.map((key, index) => ({
    ...item(key, keyText(key, isEntry, nameKey) ?? "", CompletionItemKind.Property, `${key}${suffix}`),
    sortText: String(index),
  }));
}

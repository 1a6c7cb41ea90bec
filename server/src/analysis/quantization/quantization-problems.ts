/**
 * What a release makes of a file of `--quant_cfg`. Follows `Quantcfg._parse_custom_cfg` in
 * `lightllm/common/quantization/__init__.py`, which checks nothing: a wrong key ends in a KeyError while the model is
 * loaded, a method that is not registered in a ValueError, and a name that no layer asks for is never looked up.
 */
import type { RuleCode, RuleVariants } from "../../../../schemas/generated/rules";
import type { QuantizationNames } from "../../catalogue/move-facts";
import type { Catalogue, Release } from "../../catalogue/types";
import { isSlip, nearest } from "../../judgement/nearest";
import { alternatives } from "../../judgement/rules/rule";
import { type Span, spanFrom, type TextFix } from "../../launch/launch";
import { onOneLine, shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { requoted } from "../../notations/yaml-text/scalars";
import { type Part, readQuantizationFile } from "./quantization-parts";

/** A problem of a file; `code` is that of its rule. */
export interface QuantizationProblem {
  readonly code: RuleCode;
  readonly variant?: RuleVariants[RuleCode];
  readonly message: string;
  readonly span: Span;
  readonly fixes: readonly TextFix[];
}

/** What judges a file. */
export interface QuantizationJudge {
  readonly release: Release;
  readonly catalogue: Catalogue;
  /** The number of layers of the model, if it is known. */
  readonly layers?: number | undefined;
  /** What is known of the weights of the model. */
  readonly model?: ModelNames | undefined;
}

/** The weights of a model, by their names in these files; absent where LightLLM's code was not read for them. */
export interface ModelNames {
  /** The model's type, for messages. */
  readonly type: string;
  /** All names that its layers ask for. */
  readonly asked?: readonly string[] | undefined;
  /** Those that add a bias. */
  readonly biased?: readonly string[] | undefined;
}

/** An entry of `mix_bits` whose method some layer gets. */
interface Entry {
  readonly name: string;
  readonly method: Part;
  readonly isEverywhere: boolean;
}

const KEYS = ["quant_type", "mix_bits"];

/** The problems of a file, in text order; none if the text is not YAML, which other tools report. */
export function quantizationProblems(text: string, judge: QuantizationJudge): QuantizationProblem[] {
  const root = readQuantizationFile(text);
  return root ? new FileJudge(text, judge).file(root).sort((a, b) => a.span.start - b.span.start) : [];
}

class FileJudge {
  private readonly methods: readonly string[];
  private readonly key: string;
  private readonly weights: readonly string[];
  private readonly withoutBias: readonly string[];
  private readonly found: QuantizationProblem[] = [];
  private readonly entries: Entry[] = [];

  constructor(
    private readonly text: string,
    private readonly judge: QuantizationJudge,
  ) {
    const { release, catalogue } = judge;
    this.methods = methodsOf(release);
    const { key, weights, without_bias = [] } = catalogue.quantizationFile(release);
    [this.key, this.weights, this.withoutBias] = [key, weights, without_bias];
  }

  file(root: Part): QuantizationProblem[] {
    const { span, entries } = root;
    const first = spanFrom(
      span.start,
      Math.max(span.start, Math.min(span.end, lineEnd(this.text, span.start))),
    );
    if (root.kind !== "mapping") {
      this.form(first, say(root.kind === "null" ? "quantization.empty" : "quantization.no-mapping"));
      return this.found;
    }
    const method = partNamed(root, "quant_type");
    if (!method) this.missing(root, "quant_type", KEYS, first);
    // In v1.0.x `null` is the same as no method.
    else if (method.kind !== "null" || this.key === "name") this.method(method);
    for (const { key, keySpan } of entries)
      if (!KEYS.includes(key)) this.unknownKey(root, key, keySpan, KEYS);
    const mixed = partNamed(root, "mix_bits");
    if (mixed && mixed.kind !== "list")
      this.form(mixed.span, say("quantization.no-list", { key: "mix_bits" }));
    for (const item of mixed?.items ?? []) this.item(item);
    if (method) this.bias(method);
    return this.found;
  }

  /** The first weight with a bias that gets a method which cannot add one. */
  private bias(otherwise: Part): void {
    const { type, biased = [] } = this.judge.model ?? { type: "" };
    for (const name of biased) {
      const own = this.entries.filter((entry) => entry.name === name).reverse();
      const last = own.findIndex(({ isEverywhere }) => isEverywhere);
      const methods =
        last < 0
          ? [...own.map((one) => one.method), otherwise]
          : own.slice(0, last + 1).map((one) => one.method);
      const wrong = methods.find(({ text }) => this.withoutBias.includes(text));
      if (!wrong) continue;
      const message = say("quantization.bias", { method: wrong.text, name, type });
      const fixes = this.methods.includes("fp8w8a8")
        ? [this.change(wrong.span, "fp8w8a8", "choice", true)]
        : [];
      this.found.push({ code: "quant-file-without-bias", message, span: wrong.span, fixes });
      return;
    }
  }

  private item(item: Part): void {
    if (item.kind !== "mapping") {
      this.form(item.span, say("quantization.no-entry"));
      return;
    }
    const keys = [this.key, "quant_type", "layer_nums"];
    const other = this.key === "name" ? "layer_name" : "name";
    const name = partNamed(item, this.key);
    if (!name) this.missing(item, this.key, keys, item.entries[0]?.keySpan ?? item.span, other);
    const method = partNamed(item, "quant_type");
    const reach = name && this.reach(name.text, partNamed(item, "layer_nums"));
    if (method && reach !== "nowhere") this.method(method);
    if (name && method && reach !== "nowhere")
      this.entries.push({ name: name.text, method, isEverywhere: reach === "everywhere" });
    if (!method) this.missing(item, "quant_type", keys, item.entries[0]?.keySpan ?? item.span);
    for (const { key, keySpan } of item.entries) {
      const isRenamed = key === other && !name;
      if (!keys.includes(key) && !isRenamed) this.unknownKey(item, key, keySpan, keys);
    }
    if (name) this.weight(name);
    const layers = partNamed(item, "layer_nums");
    if (layers) this.layers(layers);
  }

  /** The layers that look an entry up: methods are made when a layer asks for its weight. */
  private reach(name: string, numbers: Part | undefined): "nowhere" | "some" | "everywhere" {
    const { layers, model } = this.judge;
    if (!(model?.asked ?? this.weights).includes(name)) return "nowhere";
    if (numbers?.kind !== "list") return "everywhere";
    const isLayer = ({ kind, text }: Part) =>
      kind === "integer" && Number(text) >= 0 && (layers === undefined || Number(text) < layers);
    return numbers.items.some(isLayer) ? "some" : "nowhere";
  }

  /** A required key is missing: LightLLM ends with a KeyError. */
  private missing(within: Part, key: string, known: readonly string[], at: Span, other?: string): void {
    const release = this.judge.release.name;
    const renamed = other === undefined ? undefined : within.entries.find((one) => one.key === other);
    if (renamed) {
      const message = say("quantization.key-renamed", { key, other: renamed.key, release });
      this.form(renamed.keySpan, message, [this.change(renamed.keySpan, key, "spelling", true)]);
      return;
    }
    const typed = within.entries.find(
      (one) => !known.includes(one.key) && nearest(one.key, [key]).length > 0,
    );
    const fixes = typed
      ? [this.change(typed.keySpan, key, isSlip(typed.key, key) ? "spelling" : "choice", true)]
      : [];
    this.form(typed?.keySpan ?? at, say("quantization.key-missing", { key }), fixes);
  }

  private method(part: Part): void {
    const { text, kind, span } = part;
    if (kind === "text" && this.methods.includes(text)) return;
    const release = this.judge.release.name;
    const renamed = renamedTo("methods", text, this.methods, this.judge.catalogue);
    const near = nearest(text, this.methods);
    const fixes = renamed
      ? [this.change(span, renamed, "spelling", true)]
      : near.map((name, index) => this.change(span, name, "choice", index === 0 && isSlip(text, name)));
    const shown = onOneLine(shortened(text || say("quantization.nothing")));
    const meant = renamed ? [renamed] : near;
    const message =
      meant.length > 0
        ? say("quantization.method-near", { method: shown, release, near: alternatives(meant) })
        : say("quantization.method", { method: shown, release });
    this.found.push({ code: "quant-file-method", message, span, fixes });
  }

  private weight({ text, span, kind }: Part): void {
    const { model } = this.judge;
    if (kind === "text" && this.weights.includes(text)) {
      if (model?.asked && !model.asked.includes(text))
        this.ignored(span, say("quantization.weight-of-others", { name: text, type: model.type }));
      return;
    }
    const release = this.judge.release.name;
    const renamed = renamedTo("layers", text, this.weights, this.judge.catalogue);
    const near = renamed ? [renamed] : nearest(text, this.weights);
    const name = onOneLine(shortened(text));
    const message =
      near.length > 0
        ? say("quantization.weight-near", { name, release, near: alternatives(near) })
        : say("quantization.weight", { name, release });
    const fixes = near.map((one, index) =>
      this.change(
        span,
        one,
        renamed ? "spelling" : "choice",
        index === 0 && (!!renamed || isSlip(text, one)),
      ),
    );
    this.ignored(span, message, fixes);
  }

  private layers({ kind, items, span }: Part): void {
    if (kind !== "list") {
      const fixes =
        kind === "integer"
          ? [this.change(span, `[${this.text.slice(span.start, span.end)}]`, "spelling", true)]
          : [];
      this.form(span, say("quantization.no-list", { key: "layer_nums" }), fixes);
      return;
    }
    const { layers } = this.judge;
    for (const item of items) {
      const number = item.kind === "integer" ? Number(item.text) : undefined;
      const shown = onOneLine(shortened(this.text.slice(item.span.start, item.span.end)));
      if (number === undefined)
        this.ignored(item.span, say("quantization.layer-no-number", { layer: shown }));
      else if (number < 0) this.ignored(item.span, say("quantization.layer-negative", { layer: shown }));
      else if (layers !== undefined && number >= layers)
        this.ignored(
          item.span,
          say("quantization.layer-beyond", { layer: number, layers, last: layers - 1 }),
        );
    }
  }

  private unknownKey(within: Part, key: string, span: Span, known: readonly string[]): void {
    const left = known.filter((one) => !within.entries.some((entry) => entry.key === one));
    const [meant] = nearest(key, left);
    // Where a required key is missing, that is said at this place already.
    if (meant !== undefined && meant !== "layer_nums" && meant !== "mix_bits") return;
    const name = onOneLine(shortened(key));
    const message =
      meant === undefined
        ? say("quantization.key-unknown", { key: name, known: known.join(", ") })
        : say("quantization.key-unknown-near", { key: name, near: meant });
    const fixes =
      meant === undefined ? [] : [this.change(span, meant, isSlip(key, meant) ? "spelling" : "choice", true)];
    this.ignored(span, message, fixes);
  }

  private form(span: Span, message: string, fixes: readonly TextFix[] = []): void {
    this.found.push({ code: "quant-file-form", message, span, fixes });
  }

  private ignored(span: Span, message: string, fixes: readonly TextFix[] = []): void {
    this.found.push({ code: "quant-file-ignored", message, span, fixes });
  }

  private change(span: Span, name: string, kind: TextFix["kind"], preferred: boolean): TextFix {
    const isList = name.startsWith("[");
    const newText = isList ? name : requoted(this.text, span, name);
    return { title: say("quantization.change", { name }), kind, preferred, edits: [{ span, newText }] };
  }
}

/** The methods that a release has registered, which are the words of its flag. */
export function methodsOf(release: Release): readonly string[] {
  return release.byName.get("--quant_type")?.words ?? [];
}

function partNamed({ entries }: Part, name: string): Part | undefined {
  return entries.find(({ key }) => key === name)?.value;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** What a name of another release became, or was before, if the judging release has that one. */
function renamedTo(
  kind: keyof QuantizationNames,
  word: string,
  known: readonly string[],
  catalogue: Catalogue,
): string | undefined {
  const steps = catalogue.moves().boundaries.map(({ quantizationFile }) => quantizationFile?.[kind]);
  const reached = [word];
  for (const name of reached)
    for (const step of steps) {
      const to = step && Object.hasOwn(step, name) ? step[name] : undefined;
      if (to !== undefined && !reached.includes(to)) reached.push(to);
    }
  return reached.slice(1).find((name) => known.includes(name));
}

/** Whether a launch fits on its GPUs, and how many tokens its kv cache gets. */
import type { FitFacts, FitRelease, WeightKind } from "../catalogue/fit-facts";
import type { Value } from "../python/values";
import { Allocator } from "./allocator";
import { cellOf } from "./cell";
import type { Gpu } from "./gpu";
import type { Beyond, FitFlags } from "./memory-flags";
import { outsideTerms, visionTerm } from "./outside";
import { reserveTerms } from "./reserve";
import { type Shape, shapeOf } from "./shape";
import { MARGIN, tablesOf } from "./tables";
import { canSplit, weightKind, weightsOf } from "./tensors";
import { exact, sumOf, type Term } from "./term";

export interface FitInput {
  /** The model's config.json. */
  readonly config: Value;
  readonly flags: FitFlags;
  readonly gpu: Gpu;
  /** Name of a release of `facts.releases`. */
  readonly release: string;
  readonly facts: FitFacts;
  /** Sizes of the weight files, if they are known. */
  readonly files?: WeightBytes | undefined;
  /** Bytes that are known to be held outside torch before the weights, instead of the measurements. */
  readonly outside?: number | undefined;
}

/** Sizes of weight files in bytes. */
export interface WeightBytes {
  readonly all: number;
  /** Of the vision tower; undefined if it is not known. */
  readonly vision?: number | undefined;
}

/** Why an answer is not known. */
export type Gap = "layout" | "quantization" | "kv-type" | "release" | "spread" | Beyond;

/** What fails, in LightLLM's order. */
export type Problem =
  | { readonly kind: "split" }
  | { readonly kind: "weights"; readonly needs: number; readonly has: number }
  | { readonly kind: "given"; readonly needs: number; readonly has: number; readonly most: number }
  | { readonly kind: "tokens"; readonly tokens: number; readonly needs: number }
  | { readonly kind: "batch"; readonly tokens: number; readonly needs: number }
  | { readonly kind: "reserve"; readonly needs: number; readonly has: number };

export interface Fit {
  readonly fits: "yes" | "no" | "unknown";
  readonly problem?: Problem;
  /** Why it is unknown; empty if it is known. */
  readonly unknown: readonly Gap[];
  readonly weightsBytesPerRank?: number;
  readonly cellBytes?: number;
  /** Tokens of the kv cache of one group: given, or what LightLLM profiles. */
  readonly maxTotalTokenNum?: number;
  /** The fewest and the most tokens that LightLLM may profile. */
  readonly tokensBetween?: readonly [number, number];
  /** Bytes that stay free for the start-up and for requests, and how many of them are known to be needed. */
  readonly reserve?: { readonly has: number; readonly low: number; readonly high: number };
  readonly terms: readonly Term[];
}

/** Computes a fit. */
export function fitOf(input: FitInput): Fit {
  const release = input.facts.releases[input.release];
  if (!release) return unknownFit("release");
  const { config, flags, facts } = input;
  const shape = shapeOf(config, input.release, facts);
  if (!shape) return { ...unknownFit("layout", ...flags.beyond), terms: fileTerms(input) };
  if (!Number.isInteger(flags.tp / flags.dp) || !canSplit(shape, flags.tp / flags.dp, release))
    return { fits: "no", problem: { kind: "split" }, unknown: [], terms: [] };
  return new Reckoning(input, shape, release).result();
}

function unknownFit(...unknown: Gap[]): Fit {
  return { fits: "unknown", unknown, terms: [] };
}

/** The weights by the size of their files, where nothing else is known of them: a guess, as some are held by each GPU. */
function fileTerms({ files, flags }: FitInput): Term[] {
  if (!files) return [];
  const each = (files.all - (files.vision ?? 0)) / (flags.tp / flags.dp);
  return [{ id: "weights", part: "before", bytes: each, low: each * 0.9, high: each * 1.3, how: "guess" }];
}

/** What is held outside the process's own torch. */
const OUTSIDE = new Set<Term["id"]>(["context", "nccl", "vision"]);

/** One of the cases between which the answer lies. */
interface Case {
  readonly total: number;
  readonly outside: number;
}

/** The weights of a model on one GPU, and the allocator after them. */
interface HeldWeights {
  readonly bytes: number;
  readonly allocator: Allocator;
}

/** By the config.json of the model. */
const held = new WeakMap<object, Map<string, HeldWeights>>();

class Reckoning {
  private readonly before: Term[] = [];
  private readonly after: Term[] = [];
  private readonly unknown: Gap[];
  private readonly isThere: boolean;
  /** Taken by torch before the kv cache is measured. */
  private taken = 0;

  constructor(
    private readonly input: FitInput,
    private readonly shape: Shape,
    private readonly release: FitRelease,
  ) {
    const { facts, flags, gpu, outside } = input;
    this.isThere = release.measured === true && gpu.name === facts.measured.on;
    this.unknown = [...flags.beyond];
    this.before.push(...outsideTerms(facts, flags.tp, this.isThere, outside));
    if (flags.beyond.includes("vision")) this.before.push(visionTerm(facts, input.files?.vision));
  }

  result(): Fit {
    const { flags, facts } = this.input;
    const { sources } = this.release;
    const kind = weightKind(flags.quantType, facts);
    const cell = cellOf(this.shape, flags, this.release, facts);
    if (kind === undefined) this.unknown.push("quantization");
    if (cell === undefined) this.unknown.push("kv-type");
    const isSharded = !flags.beyond.includes("experts") && !flags.beyond.includes("quant-file");
    const weights = kind !== undefined && isSharded ? this.weights(kind) : undefined;
    const tables = tablesOf(flags, this.shape.vocabulary, this.release);
    if (!weights) {
      const cellBytes = cell && { cellBytes: cell.bytes };
      return { fits: "unknown", unknown: this.unknown, ...cellBytes, terms: this.before };
    }
    const weightsBytes = weights.bytes;
    const first = this.release.tables_first ? tables.sizes : [];
    this.taken = weights.allocator.copy().take(first).taken;
    const tableBytes = tables.sizes.reduce((sum, one) => sum + one, 0);
    const kept = weightsBytes + (this.release.tables_first ? tableBytes : 0);
    const tableTerm = (part: Term["part"]) =>
      exact("tables", part, tableBytes, tables.formula, sources.tables);
    this.before.push(exact("weights", "before", weightsBytes, undefined, sources.weights));
    if (this.release.tables_first) this.before.push(tableTerm("before"));
    else this.after.push(tableTerm("reserve"));
    this.before.push(exact("rounding", "before", this.taken - kept));
    const isQuantized = kind !== "none";
    if (this.release.measured)
      this.after.push(
        ...reserveTerms({
          shape: this.shape,
          flags,
          facts,
          release: this.release,
          isThere: this.isThere,
          hasQuantizedWeights: isQuantized,
        }),
      );
    else this.unknown.push("release");
    if (!cell) {
      const { gpu } = this.input;
      const isTooMuch = weightsBytes > gpu.to;
      return {
        fits: isTooMuch ? "no" : "unknown",
        ...(isTooMuch && { problem: { kind: "weights" as const, needs: weightsBytes, has: gpu.to } }),
        unknown: this.unknown,
        weightsBytesPerRank: weightsBytes,
        terms: [...this.before, ...this.after],
      };
    }
    return this.verdict(weightsBytes, cell);
  }

  /** The weights, computed once for a model and what they depend on. */
  private weights(kind: WeightKind): HeldWeights {
    const { config, flags } = this.input;
    const { tp, dp, elementBytes, fusesSharedExperts, keepsWholeKvB } = flags;
    const key = [this.input.release, kind, tp / dp, elementBytes, fusesSharedExperts, keepsWholeKvB].join();
    const model = config as object;
    const ofModel = held.get(model) ?? new Map<string, HeldWeights>();
    held.set(model, ofModel);
    let found = ofModel.get(key);
    if (!found) {
      const sizes = weightsOf(this.shape, flags, kind, this.release);
      found = {
        bytes: sizes.reduce((sum, one) => sum + one, 0),
        allocator: new Allocator().take(sizes),
      };
      ofModel.set(key, found);
    }
    return found;
  }

  private verdict(weights: number, cell: { readonly bytes: number; readonly formula: string }): Fit {
    const { flags, gpu } = this.input;
    const { sources } = this.release;
    const outside = (of: "bytes" | "low" | "high") =>
      sumOf(
        this.before.filter(({ id }) => OUTSIDE.has(id)),
        of,
      );
    const likely: Case = { total: gpu.bytes, outside: outside("bytes") };
    const best: Case = { total: gpu.to, outside: outside("low") };
    const worst: Case = { total: gpu.bytes, outside: outside("high") };
    const given = flags.maxTotalTokenNum;
    const tokens = given ?? this.tokens(likely, cell.bytes);
    const kvBytes = Math.max(tokens + this.release.spare_slot, 0) * cell.bytes;
    const kv = exact(
      "kv",
      "kv",
      kvBytes,
      `(${tokens} + ${this.release.spare_slot}) × ${cell.bytes}; ${cell.bytes} = ${cell.formula}`,
      `${sources.kv},${sources.cell.split(":")[1]}`,
    );
    const need = { low: sumOf(this.after, "low"), high: sumOf(this.after, "high") };
    const surely = this.problemIn(best, cell.bytes, weights, need.low);
    const maybe = this.problemIn(worst, cell.bytes, weights, need.high);
    const unknown = [...this.unknown, ...(!surely && maybe ? (["spread"] as const) : [])];
    const fits = surely ? "no" : unknown.length > 0 ? "unknown" : "yes";
    const left = likely.total - likely.outside - this.taken - kvBytes;
    return {
      fits,
      ...(surely && { problem: surely }),
      unknown: fits === "unknown" ? unknown : [],
      weightsBytesPerRank: weights,
      cellBytes: cell.bytes,
      maxTotalTokenNum: tokens,
      tokensBetween:
        given === undefined
          ? [this.tokens(worst, cell.bytes), this.tokens(best, cell.bytes)]
          : [given, given],
      reserve: { has: left, ...need },
      terms: [...this.before, kv, ...this.after],
    };
  }

  /** What LightLLM profiles: with several ranks it passes the free memory on as a float of 32 bits. */
  private tokens({ total, outside }: Case, cell: number): number {
    const { flags } = this.input;
    const free = total - outside - this.taken;
    const shared = flags.tp > 1 ? Math.fround(free) : free;
    return Math.trunc((shared - total * (1 - flags.memFraction)) / cell);
  }

  private problemIn(at: Case, cell: number, weights: number, need: number): Problem | undefined {
    const { flags } = this.input;
    const { release } = this;
    if (weights > at.total) return { kind: "weights", needs: weights, has: at.total };
    const room = at.total - at.outside - this.taken;
    const given = flags.maxTotalTokenNum;
    const tokens = given ?? this.tokens(at, cell);
    const kv = Math.max(tokens + release.spare_slot, 0) * cell;
    if (given !== undefined && kv > room)
      return { kind: "given", needs: kv, has: room, most: Math.floor(room / cell) - release.spare_slot };
    if (release.above_batch && tokens <= flags.batchMaxTokens)
      return { kind: "batch", tokens, needs: flags.batchMaxTokens + 1 };
    const longest = flags.maxReqTotalLen + MARGIN + (release.strict ? 1 : 0);
    if (!flags.allowsLongRequests && tokens < longest) return { kind: "tokens", tokens, needs: longest };
    const left = room - kv;
    return need > left ? { kind: "reserve", needs: need, has: left } : undefined;
  }
}

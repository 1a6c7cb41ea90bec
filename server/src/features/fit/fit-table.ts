/** The report of a fit as a table of text, and as JSON. */
import type { Fit } from "../../fit/fit";
import { say } from "../../messages";
import { sizeInWords } from "../model-text";
import { type FitReport, type FitRow, gpuInWords, reserveInWords, termInWords } from "./fit-report";

/** The parts of the text, from top to bottom; each cell is plain text. */
export interface FitTable {
  readonly gpu: string;
  /** Name and value of each number. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The same launch with other `tp`, the first row with titles; `here` is the row of the launch. */
  readonly variants: readonly (readonly string[])[];
  readonly here: number;
  /** All terms, the first row with titles. */
  readonly terms: readonly (readonly string[])[];
}

export function fitTable(report: FitReport): FitTable {
  const { fit, rows } = report;
  const titles = [
    say("fit.column-tp"),
    say("fit.column-weights"),
    say("fit.column-tokens"),
    say("fit.column-full"),
    say("fit.column-short"),
    say("fit.column-fits"),
  ];
  const terms = [...(fit?.terms ?? [])].map((term) => {
    const { name, size, how, formula, source } = termInWords(term);
    return [name, size, how, formula, source];
  });
  const termTitles = [
    say("fit.column-term"),
    say("fit.column-size"),
    say("fit.column-how"),
    say("fit.column-formula"),
    say("fit.column-source"),
  ];
  const whose = report.gpu ? [gpuInWords(report), say(`fit.gpu-from-${report.gpu.from}`)] : [];
  return {
    gpu: whose.filter(Boolean).join(", "),
    facts: fit ? factsOf(report, fit) : [],
    variants: rows.length > 0 ? [titles, ...rows.map(cellsOf)] : [],
    here: rows.findIndex(({ isHere }) => isHere) + 1,
    terms: terms.length > 0 ? [termTitles, ...terms] : [],
  };
}

function factsOf({ requests, largest = {}, groups }: FitReport, fit: Fit): [string, string][] {
  const { weightsBytesPerRank: weights, cellBytes: cell } = fit;
  const { memFraction, maxReqTotalLen } = largest;
  const settings = [
    memFraction === undefined ? "" : say("fit.largest-fraction", { value: memFraction.toFixed(2) }),
    maxReqTotalLen === undefined ? "" : say("fit.largest-length", { value: maxReqTotalLen }),
  ].filter(Boolean);
  const rows: [string, string | undefined][] = [
    [
      say("fit.row-weights"),
      weights === undefined ? undefined : say("fit.weights-each", { size: sizeInWords(weights) }),
    ],
    [say("fit.row-token"), cell === undefined ? undefined : `${kibibytes(cell)}`],
    [say("fit.row-tokens"), tokensInWords(fit, groups)],
    [say("fit.row-requests"), requests && say("fit.requests", { ...requests })],
    [say("fit.row-reserve"), fit.reserve && reserveInWords(fit)],
    [say("fit.row-largest"), settings.length > 0 ? settings.join(", ") : undefined],
  ];
  return rows.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}

/** The tokens of the kv cache; between two numbers, if cards differ by more than a thousandth. */
export function tokensInWords(fit: Fit, groups: number): string | undefined {
  const { maxTotalTokenNum: tokens, tokensBetween: [low, high] = [0, 0] } = fit;
  if (tokens === undefined) return undefined;
  if (high - low > high / 1000)
    return say("fit.tokens-between", { tokens, low: Math.max(low, 0), high: Math.max(high, 0) });
  return groups > 1 ? say("fit.tokens-groups", { tokens, groups }) : say("fit.tokens", { tokens });
}

function cellsOf({ tp, fit, requests }: FitRow): string[] {
  if (fit.problem?.kind === "split") return [String(tp), say("fit.not-split"), "", "", "", ""];
  const number = (value: number | undefined) =>
    value === undefined ? "?" : say("fit.tokens", { tokens: Math.max(value, 0) });
  return [
    String(tp),
    fit.weightsBytesPerRank === undefined ? "?" : sizeInWords(fit.weightsBytesPerRank),
    number(fit.maxTotalTokenNum),
    number(requests?.full),
    number(requests?.short),
    say(`fit.fits-${fit.fits}`),
  ];
}

function kibibytes(bytes: number): string {
  return bytes >= 1024 ? `${Math.round(bytes / 102.4) / 10} KiB` : `${bytes} B`;
}

/** The report as `fit --format json` prints it: sizes in bytes. */
export function fitJson(report: FitReport): unknown {
  const { gpu, fits, reasons, fit, requests, largest, rows } = report;
  return {
    ...(gpu && { gpu }),
    fits,
    reasons: reasons.map((reason) => reason.replaceAll("`", "'")),
    ...(fit?.problem && { problem: fit.problem }),
    ...(fit && numbersOf(fit)),
    ...(fit?.reserve && { reserve: fit.reserve }),
    ...(requests && { requests: { fullLength: requests.full, of4k: requests.short } }),
    ...(largest && { largest }),
    variants: rows.map((row) => ({ tp: row.tp, fits: row.fit.fits, ...numbersOf(row.fit) })),
    terms: (fit?.terms ?? []).map((term) => ({
      ...term,
      name: termInWords(term).name,
      ...(term.source !== undefined && { source: `${report.release} lightllm/${term.source}` }),
    })),
  };
}

function numbersOf({ weightsBytesPerRank, cellBytes, maxTotalTokenNum, tokensBetween }: Fit) {
  return {
    ...(weightsBytesPerRank !== undefined && { weightsBytesPerRank }),
    ...(cellBytes !== undefined && { cellBytes }),
    ...(maxTotalTokenNum !== undefined && { maxTotalTokenNum }),
    ...(tokensBetween && { tokensBetween }),
  };
}

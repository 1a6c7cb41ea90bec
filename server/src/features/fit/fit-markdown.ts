/** What a hover says about memory, at the flags that decide it. */
import type { JudgedLaunch } from "../../analysis/judge-file";
import { say } from "../../messages";
import { sizeInWords } from "../model-text";
import { type FitReport, fitReport, gpuInWords, reserveInWords, termInWords } from "./fit-report";
import { fitTable, tokensInWords } from "./fit-table";

/** The flags that decide what a launch takes of a GPU. */
const FLAGS = new Set([
  "tp",
  "mem_fraction",
  "max_total_token_num",
  "max_req_total_len",
  "running_max_req_size",
]);

/** Paragraphs about memory; none if no GPU is named, or the flag does not decide it. */
export function fitParagraphs(judged: JudgedLaunch, key: string): string[] {
  if (!FLAGS.has(key) || !judged.values.input.surroundings.gpu) return [];
  const report = fitReport(judged);
  if (!report) return [];
  return [headLine(report), ...linesFor(key, report)].filter((text) => text !== "");
}

/** The answer first, then the numbers. */
function headLine(report: FitReport): string {
  const { fits, reasons, fit, requests, groups } = report;
  const answer = say("fit.hover-answer", { gpu: gpuInWords(report), word: say(`fit.fits-${fits}`) });
  const why = reasons.length > 0 ? ` – ${reasons.join("; ")}` : "";
  const tokens = fit && tokensInWords(fit, groups);
  const numbers = [
    fit?.weightsBytesPerRank === undefined
      ? ""
      : `${say("fit.row-weights")} ${say("fit.weights-each", { size: sizeInWords(fit.weightsBytesPerRank) })}`,
    tokens === undefined ? "" : `${say("fit.row-tokens")} ${tokens}`,
    requests ? `${say("fit.row-requests")} ${say("fit.requests", { ...requests })}` : "",
    fit?.reserve ? `${say("fit.row-reserve")} ${reserveInWords(fit)}` : "",
  ].filter(Boolean);
  return [`${answer}${why}`, ...numbers.map((line) => `- ${line}`)].join("\n");
}

function linesFor(key: string, report: FitReport): string[] {
  const { fit, largest } = report;
  switch (key) {
    case "tp":
      return [tableOf(fitTable(report).variants)];
    case "mem_fraction":
      return [
        largest?.memFraction === undefined
          ? ""
          : say("fit.hover-largest", {
              value: say("fit.largest-fraction", { value: largest.memFraction.toFixed(2) }),
            }),
        termsOf(report, "reserve"),
      ];
    case "max_req_total_len":
      return largest?.maxReqTotalLen === undefined
        ? []
        : [
            say("fit.hover-largest", {
              value: say("fit.largest-length", { value: largest.maxReqTotalLen }),
            }),
          ];
    case "running_max_req_size": {
      const tables = fit?.terms.find(({ id }) => id === "tables");
      return tables ? [termLine(tables)] : [];
    }
    default:
      return [termsOf(report, "before"), termsOf(report, "kv")];
  }
}

/** The terms of a part as a list. */
function termsOf({ fit }: FitReport, part: "before" | "kv" | "reserve"): string {
  return (fit?.terms ?? [])
    .filter((term) => term.part === part)
    .map(termLine)
    .join("\n");
}

function termLine(term: Parameters<typeof termInWords>[0]): string {
  const { name, size, how, formula, source } = termInWords(term);
  const details = [how, formula && `\`${formula}\``, source && `\`${source}\``].filter(Boolean);
  return `- ${name}: ${size} (${details.join(", ")})`;
}

function tableOf([titles, ...rows]: readonly (readonly string[])[]): string {
  if (!titles) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}

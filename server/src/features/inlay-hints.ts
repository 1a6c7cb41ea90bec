/** Inlay hints: beside flags that decide memory, what they amount to on the GPUs that are named. */
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver-types";
import { type LaunchDocument, offsetOf } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { readWord } from "../judgement/argparse";
import { writtenFor } from "../launch/launch";
import { say } from "../messages";
import { type FitReport, fitReport } from "./fit/fit-report";
import { tokensInWords } from "./fit/fit-table";
import { sizeInWords } from "./model-text";

export interface InlayHintOptions {
  /** `lightllm.inlayHints.fit`. */
  readonly fit: boolean;
}

/** The hints in a range. */
export function inlayHints(
  launchDocument: LaunchDocument,
  range: Range,
  { fit }: InlayHintOptions,
): InlayHint[] {
  if (!fit) return [];
  const [from, to] = [
    offsetOf(launchDocument.document, range.start),
    offsetOf(launchDocument.document, range.end),
  ];
  return launchDocument.launches
    .filter(({ launch, values }) => !launch.isMention && values.input.surroundings.gpu)
    .flatMap((judged) => hintsOf(launchDocument, judged, from, to));
}

function hintsOf({ document }: LaunchDocument, judged: JudgedLaunch, from: number, to: number): InlayHint[] {
  const report = fitReport(judged);
  if (!report?.fit) return [];
  return writtenFor(judged.launch).flatMap((argument): InlayHint[] => {
    const reading = readWord(argument.flag, judged.release);
    const end = argument.words.at(-1)?.span.end;
    if (reading.kind !== "flag" || end === undefined || !argument.counts || end < from || end > to) return [];
    const label = labelFor(reading.flag.key, report);
    if (label === undefined) return [];
    return [{ position: document.positionAt(end), label, kind: InlayHintKind.Parameter, paddingLeft: true }];
  });
}

function labelFor(key: string, { fit, requests, groups }: FitReport): string | undefined {
  switch (key) {
    case "tp":
      return fit?.weightsBytesPerRank === undefined
        ? undefined
        : say("fit.hint-weights", { size: sizeInWords(fit.weightsBytesPerRank) });
    case "mem_fraction": {
      const tokens = fit && tokensInWords(fit, groups);
      return tokens === undefined ? undefined : say("fit.hint-tokens", { tokens });
    }
    case "max_req_total_len":
      return requests && say("fit.hint-requests", { count: requests.full });
    case "running_max_req_size": {
      const tables = fit?.terms.find(({ id }) => id === "tables");
      return tables && say("fit.hint-tables", { size: sizeInWords(tables.bytes) });
    }
    default:
      return undefined;
  }
}

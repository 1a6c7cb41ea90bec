/** Hints beside flags that decide memory: what they amount to on the GPUs that are named. */
import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { readWord } from "../../judgement/argparse";
import { writtenFor } from "../../launch/launch";
import { say } from "../../messages";
import type { HintText } from "../inlay-hints";
import { sizeInWords } from "../model-text";
import { type FitReport, fitReport } from "./fit-report";
import { tokensInWords } from "./fit-table";

/** The hints of a launch; none if no GPU is named. */
export function fitHints(_: LaunchDocument, judged: JudgedLaunch): HintText[] {
  const report = judged.values.input.surroundings.gpu ? fitReport(judged) : undefined;
  if (!report?.fit) return [];
  return writtenFor(judged.launch).flatMap((argument) => {
    const reading = readWord(argument.flag, judged.release);
    const at = argument.words.at(-1)?.span.end;
    const label = reading.kind === "flag" ? labelFor(reading.flag.key, report) : undefined;
    return label === undefined || at === undefined || !argument.counts ? [] : [{ at, label }];
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

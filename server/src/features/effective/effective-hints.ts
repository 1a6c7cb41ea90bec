/** Hints about effective values: what a variable holds, what LightLLM computes, and what it replaces. */
import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { parseArguments } from "../../judgement/argparse";
import { writtenName } from "../../judgement/rules/rule";
import { headOf, placeOfWord, type Word } from "../../launch/launch";
import { originsOf } from "../../launch/origin";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { HintText } from "../inlay-hints";
import { effectiveRows } from "./effective-rows";

/** The computed values that decide what a server can do; the others are in the view. */
const SHOWN = new Set(["batch_max_tokens", "running_max_req_size", "max_total_token_num"]);

/** The values of variables, beside their words. */
export function variableHints(_: LaunchDocument, { launch }: JudgedLaunch): HintText[] {
  const words = [
    ...launch.arguments.filter(({ counts }) => counts).flatMap((argument) => argument.words),
    ...launch.environment.map(({ value }) => value),
  ];
  return words.flatMap((word) => {
    const { text } = word;
    if (text === undefined || text === "" || !hidesValue(word, text)) return [];
    return [{ at: placeOfWord(word).end, label: say("effective.hint-value", { value: shortened(text) }) }];
  });
}

/** Whether the source of a word does not have its value in it, as `${TP:-8}` does. */
function hidesValue(word: Word, text: string): boolean {
  const origins = originsOf(word);
  if (origins.some(({ from }) => from === "variable")) return true;
  return origins.some(({ from, source }) => from === "default" && !source.includes(text));
}

/** The values that LightLLM uses instead of written ones, beside these. */
export function replacedHints(launchDocument: LaunchDocument, judged: JudgedLaunch): HintText[] {
  const ends = endsOf(judged);
  return effectiveRows(launchDocument, judged).flatMap(({ kind, shown, why, flag }) => {
    const at = kind === "replaced" ? ends.get(flag) : undefined;
    if (at === undefined) return [];
    return [{ at, label: say("effective.hint-replaced", { value: shortened(shown) }), tooltip: why }];
  });
}

/**
 * The important values that LightLLM computes, beside the flag that decides them, or else beside the start of the
 * launch; and the GPUs of each node.
 */
export function derivedHints(launchDocument: LaunchDocument, judged: JudgedLaunch): HintText[] {
  const ends = endsOf(judged);
  const starts = new Map(
    judged.launch.arguments.map(({ flag, flagSpan }) => [flagSpan.start, ends.get(flag)]),
  );
  const hints = effectiveRows(launchDocument, judged).flatMap(({ kind, flag, shown, why, span }) => {
    if (kind !== "derived" || !SHOWN.has(flag.slice(2))) return [];
    const at = (span && starts.get(span.start)) ?? startEnd(judged);
    const value = { name: writtenName(flag, judged.launch), value: shortened(shown) };
    return [{ at, label: say("effective.hint-derived", value), tooltip: why }];
  });
  return [...gpusOfNode(judged, ends.get("--tp")), ...hints];
}

/** Where a hint about the launch as a whole is: after its program, or after its first value. */
function startEnd({ launch }: JudgedLaunch): number {
  if (launch.form.kind !== "mapping") return headOf(launch).end;
  return launch.arguments.find(({ inherited }) => !inherited)?.span.end ?? headOf(launch).end;
}

function gpusOfNode({ values }: JudgedLaunch, at: number | undefined): HintText[] {
  const [gpus, nodes] = ["tp", "nnodes"].map((key) => values.effective(key)?.value);
  if (at === undefined || typeof gpus !== "bigint" || typeof nodes !== "bigint") return [];
  if (nodes <= 1n || gpus % nodes !== 0n) return [];
  return [{ at, label: say("effective.hint-node", { count: Number(gpus / nodes) }) }];
}

/** Where the value of each written flag ends, by the names with dashes. */
function endsOf({ launch, chosen }: JudgedLaunch): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { flag, words, argument } of parseArguments(launch, chosen.release).assignments) {
    const last = words.at(-1);
    const end = last ? placeOfWord(last).end : argument.span.end;
    ends.set(flag.name, end);
    ends.set(argument.flag, end);
  }
  return ends;
}

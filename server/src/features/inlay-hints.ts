/** Inlay hints: beside what is written, what LightLLM makes of it. Each kind is a setting. */
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver-types";
import { type LaunchDocument, offsetOf } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { derivedHints, replacedHints, variableHints } from "./effective/effective-hints";
import { fitHints } from "./fit/fit-hints";

/** The kinds of hints, as in `lightllm.inlayHints`. */
export interface InlayHintOptions {
  /** Values that LightLLM computes, where the flag is that decides them. */
  readonly derived: boolean;
  /** Values that LightLLM uses instead of what is written. */
  readonly replaced: boolean;
  /** Values of variables. */
  readonly variables: boolean;
  /** What flags amount to on the GPUs that are named. */
  readonly fit: boolean;
}

/** A hint at an offset. */
export interface HintText {
  readonly at: number;
  readonly label: string;
  /** Plain text. */
  readonly tooltip?: string;
}

type HintsOf = (launchDocument: LaunchDocument, judged: JudgedLaunch) => readonly HintText[];

/** In the order in which hints at the same place stand. */
const KINDS: Readonly<Record<keyof InlayHintOptions, HintsOf>> = {
  variables: variableHints,
  replaced: replacedHints,
  derived: derivedHints,
  fit: fitHints,
};

/** The hints in a range, of the kinds that are on. */
export function inlayHints(
  launchDocument: LaunchDocument,
  range: Range,
  options: Partial<InlayHintOptions>,
): InlayHint[] {
  const { document } = launchDocument;
  const [from, to] = [offsetOf(document, range.start), offsetOf(document, range.end)];
  const kinds = Object.entries(KINDS).filter(([kind]) => options[kind as keyof InlayHintOptions]);
  return launchDocument.launches
    .filter(({ launch }) => !launch.isMention)
    .flatMap((judged) => kinds.flatMap(([, hintsOf]) => hintsOf(launchDocument, judged)))
    .filter(({ at }) => from <= at && at <= to)
    .sort((a, b) => a.at - b.at)
    .map(({ at, label, tooltip }) => ({
      position: document.positionAt(at),
      label,
      kind: InlayHintKind.Parameter,
      paddingLeft: true,
      ...(tooltip !== undefined && { tooltip }),
    }));
}

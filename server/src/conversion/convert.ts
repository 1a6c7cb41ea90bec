/** Converts launches to another notation: a config to the command or manifest that starts it, a script to a config. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { problemsOf } from "../analysis/launch-problems";
import { readWord } from "../judgement/argparse";
import type { Finding } from "../judgement/finding";
import { sharedInterpreter } from "../launch/invocation";
import { containerNeeds } from "./container-needs";
import { FORMATS, type FormatId } from "./formats";
import type { PortableLaunch } from "./portable";
import { type Arity, readLaunch } from "./read";

export { FORMATS, type FormatId, isFormat } from "./formats";

/** Default interpreter. */
export const PYTHON = "python";

export interface ConvertOptions {
  /** The interpreter that starts LightLLM; if absent, that of the launches, else `python`. */
  readonly python?: string | undefined;
}

/** Writes the launches of a document in a format. Never throws. */
export function convert(
  launchDocument: LaunchDocument,
  launches: readonly JudgedLaunch[],
  format: FormatId,
  options: ConvertOptions = {},
): string {
  // A container or another machine has its own interpreter.
  const written = FORMATS[format].namesInterpreter
    ? sharedInterpreter(launches.map(({ launch }) => launch))
    : undefined;
  const python = options.python ?? written ?? PYTHON;
  const portable = launches.flatMap((judged) => portableOf(launchDocument, judged) ?? []);
  const tags = launches.map(({ chosen }) => tagOf(chosen.release.name));
  return FORMATS[format].write(portable, { python, tags });
}

/** A launch independent of its file. */
export function portableOf(launchDocument: LaunchDocument, judged: JudgedLaunch): PortableLaunch | undefined {
  const { file, launches, directives } = launchDocument;
  const { launch, chosen } = judged;
  const stated = chosen.reason === "modeline" || chosen.reason === "image" ? chosen.release.name : undefined;
  const index = launches.findIndex((one) => one.launch === launch);
  return readLaunch({
    file,
    index,
    directives,
    arity: arityIn(judged),
    release: stated,
    needs: containerNeeds(launchDocument, judged),
  });
}

/** Findings that prevent the start of a launch: LightLLM would refuse it. Silenced findings do not count. */
export function refusals(launchDocument: LaunchDocument, judged: JudgedLaunch): Finding[] {
  return problemsOf(launchDocument, judged).filter(({ effect }) => effect === "refused");
}

function arityIn({ chosen }: JudgedLaunch): Arity {
  return (flag) => {
    const reading = readWord(flag, chosen.release);
    if (reading.kind !== "flag") return undefined;
    return reading.flag.repeat === "append" ? "each" : reading.flag.arity;
  };
}

/** Tag of LightLLM's image for a release; snapshots of main have no tag of their own. */
function tagOf(release: string): string {
  return /^v[\d.]+/.exec(release)?.[0] ?? "main";
}

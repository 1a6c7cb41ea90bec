/** Launches in another notation for an editor: the text, and facts to check before it is run. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { aboutLaunch } from "../analysis/launch-name";
import { problemsOf } from "../analysis/launch-problems";
import { isSwitchedOff } from "../launch/directives";
import { runsHere } from "../launch/invocation";
import type { Argument, EnvironmentVariable } from "../launch/launch";
import { isVariableName } from "../launch/variable-name";
import { onOneLine } from "../launch/visible-text";
import { convert, FORMATS, type FormatId, portableOf, refusals } from "./convert";
import type { PortableLaunch, PortableWord } from "./portable";

/** Launches in another notation. */
export interface Conversion {
  readonly text: string;
  /** Language id of the text. */
  readonly languageId: string;
  /** Name of a single launch: `prefill · DeepSeek-R1`; may be empty. */
  readonly name: string;
  /** Why LightLLM would refuse to start them, one plain-text sentence each. */
  readonly refused: readonly string[];
  /** Parts of the text that the shell evaluates: names of variables, and commands such as `$(hostname)`. */
  readonly open: readonly string[];
  /** Variables that are not in the text, because their names are invalid or unknown. */
  readonly leftOut: readonly string[];
  /** Whether everything is known and there is no error, silenced or not, so that the text can be run unchanged. */
  readonly isComplete: boolean;
  /** Whether to run them in a terminal of this machine. */
  readonly runsHere: boolean;
}

/** Variables that every shell sets. */
const ALWAYS_SET = new Set(["HOME", "PATH", "PWD", "USER", "SHELL"]);

/** @param python the interpreter; if absent, that of the launches, else `python`. */
export function conversionOf(
  launchDocument: LaunchDocument,
  launches: readonly JudgedLaunch[],
  format: FormatId,
  python?: string,
): Conversion {
  const [first] = launches;
  const findings = launches.flatMap((judged) => refusals(launchDocument, judged));
  const portable = launches.flatMap((judged) => portableOf(launchDocument, judged) ?? []);
  return {
    text: convert(launchDocument, launches, format, { python }),
    languageId: FORMATS[format].notation.languageId,
    name: first && launches.length === 1 ? onOneLine(aboutLaunch(first)) : "",
    refused: [...new Set(findings.map(({ message }) => message.replaceAll("`", "'")))],
    open: [...new Set(portable.flatMap(openIn))],
    leftOut: [...new Set(portable.flatMap(({ leftOut }) => leftOut.map(({ name }) => onOneLine(name))))],
    isComplete: launches.every((judged) => isComplete(launchDocument, judged)),
    runsHere: launches.every(({ launch }) => runsHere(launch.invocation)),
  };
}

/**
 * Whether the command of a launch can be run without confirmation: it is completely known, LightLLM would not refuse
 * it, and it has no errors. If something is not checked or is silenced by a comment, the user decides.
 */
export function isComplete(launchDocument: LaunchDocument, judged: JudgedLaunch): boolean {
  const { launch, accepted } = judged;
  if (!accepted || isSwitchedOff(launchDocument.directives)) return false;
  if (problemsOf(launchDocument, judged).some(({ severity }) => severity === "error")) return false;
  if (launch.environment.every(isKnownVariable) && launch.arguments.every(isKnown)) return true;
  const portable = portableOf(launchDocument, judged);
  return portable !== undefined && portable.leftOut.length === 0 && openIn(portable).length === 0;
}

function isKnown({ words }: Argument): boolean {
  return words.every(({ text }) => text !== undefined);
}

function isKnownVariable({ name, value }: EnvironmentVariable): boolean {
  return isVariableName(name) && value.text !== undefined;
}

function openIn({ environment, arguments: given }: PortableLaunch): string[] {
  const words: PortableWord[] = [
    ...environment.map(({ value }) => value),
    ...given.flatMap(({ values }) => values),
  ];
  return words
    .flatMap(({ parts }) => parts)
    .flatMap((part) => {
      if (part.kind === "variable") return ALWAYS_SET.has(part.name) ? [] : part.name;
      return part.kind === "shell" ? part.source : [];
    });
}

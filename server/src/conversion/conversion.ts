/** What an editor is given of launches in another notation: the text, and what is to be known before it is run. */

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
  /** The language that an editor shows the text in. */
  readonly languageId: string;
  /** What tells a launch apart, of one: `prefill · DeepSeek-R1`; may be empty. */
  readonly name: string;
  /** Why LightLLM would refuse to start them, one sentence each, plain text. */
  readonly refused: readonly string[];
  /** What the text leaves to the shell that runs it: names of variables, and commands such as `$(hostname)`. */
  readonly open: readonly string[];
  /** The variables that are not in the text, since their names are none or not known. */
  readonly leftOut: readonly string[];
  /** Whether all is known and nothing is wrong, silenced or not, so that the text may be run as it is. */
  readonly isComplete: boolean;
  /** Whether a terminal of this machine is the place to run them. */
  readonly runsHere: boolean;
}

/** Variables that every shell knows. */
const ALWAYS_SET = new Set(["HOME", "PATH", "PWD", "USER", "SHELL"]);

/** @param python the interpreter; when absent the one that the launches name, else `python`. */
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
 * Whether the command of a launch may be run by itself: nothing in it is left to a shell or left out, LightLLM would not
 * refuse it, and no error is found in it. What nobody checks, or what a comment silences, is for the user to decide.
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

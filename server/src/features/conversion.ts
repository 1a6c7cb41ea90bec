/** What an editor is given of launches in another notation: the text, and what is to be known before it is run. */
import type { PortableLaunch, PortableWord } from "../conversion/portable";
import type { JudgedLaunch } from "../judgement/judge-file";
import { convert, FORMATS, type FormatId, portableOf, refusals } from "./convert";
import type { LaunchDocument } from "./document";
import { runsHere } from "./run-place";
import { aboutLaunch } from "./symbols";

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
    languageId: FORMATS[format].languageId,
    name: first && launches.length === 1 ? aboutLaunch(first) : "",
    refused: [...new Set(findings.map(({ message }) => message.replaceAll("`", "'")))],
    open: [...new Set(portable.flatMap(openIn))],
    runsHere: launches.every((judged) => runsHere(launchDocument, judged)),
  };
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

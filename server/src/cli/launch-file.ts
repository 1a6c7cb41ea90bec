/** The input file of `render` and `run`, and its selected launches. */

import {
  type Finding,
  type JudgedLaunch,
  type LaunchDocument,
  NOT_CHECKED,
  type Notation,
  onOneLine,
  type PortableLaunch,
  service,
} from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { type JudgeOptions, openFiles } from "./open-files";
import { notationNamed } from "./options";
import { complain } from "./output";
import { askedJudge } from "./own-lightllm";
import { readTextFile } from "./text-file";

/** Options for the file, with their types. */
export const FILE_OPTIONS = {
  document: { type: "string" },
  name: { type: "string" },
  notation: { type: "string" },
  release: { type: "string" },
  source: { type: "string" },
} as const;

export type FileOptions = { readonly [Name in keyof typeof FILE_OPTIONS]?: string | undefined };

export interface LaunchFileOptions {
  readonly subcommand: string;
  /** Positional arguments. */
  readonly positionals: readonly string[];
  readonly values: FileOptions;
  readonly runsHere?: boolean;
  /** What the options say about GPUs and the model. */
  readonly about?: Pick<JudgeOptions, "gpu" | "held" | "model">;
  /** Changes the notation, for example to substitute variables. */
  readonly readAs?: (notation: Notation) => Notation;
}

export interface LaunchFileOpened {
  readonly path: string;
  readonly document: LaunchDocument;
  /** The selected launches, at least one. */
  readonly launches: readonly JudgedLaunch[];
}

/** Opens the file. @throws CliError if it cannot be read, has no launch, or not the requested one. */
export async function openLaunchFile(options: LaunchFileOptions): Promise<LaunchFileOpened> {
  const {
    subcommand,
    positionals,
    values,
    runsHere = false,
    about,
    readAs = (notation) => notation,
  } = options;
  const [path, second] = positionals;
  if (path === undefined) throw new CliError(say("cli.name-file", { subcommand }));
  if (second !== undefined) throw new CliError(say("cli.one-file", { subcommand, other: second }));
  const { text } = await readTextFile(subcommand, path);
  const notation = notationNamed(subcommand, values.notation) ?? notationOfOne(path, text);
  if (!notation)
    throw new CliError(
      say("cli.no-launch-file", { subcommand, path, known: Object.keys(service.notations).join(", ") }),
    );
  const judge = await askedJudge(subcommand, values);
  const input = { path, text, notation: readAs(notation) };
  const [document] = await openFiles([input], { ...judge, ...about, runsHere }, (file) => file.document);
  if (!document || document.launches.length === 0) {
    const broken = document?.findings.find(
      ({ code, effect }) => effect === "refused" || code === NOT_CHECKED,
    );
    const why = broken ? ` (${sentence(broken.message)})` : "";
    throw new CliError(say("cli.no-launch", { subcommand, path, why }));
  }
  return { path, document, launches: chosen(subcommand, path, document, values) };
}

/**
 * The notation of a file that is given by name: YAML of no other notation is a config, whatever its name, and so is
 * standard input.
 */
function notationOfOne(path: string, text: string): Notation | undefined {
  const isYaml = path === "-" || /\.ya?ml$/i.test(path);
  return (
    (path === "-" ? undefined : service.notationOf("", path, text)) ??
    (isYaml ? service.notations.yaml : undefined)
  );
}

function chosen(
  subcommand: string,
  path: string,
  { launches }: LaunchDocument,
  { document, name }: FileOptions,
): readonly JudgedLaunch[] {
  if (document !== undefined && name !== undefined)
    throw new CliError(say("cli.document-or-name", { subcommand }));
  if (name !== undefined) {
    const named = launches.filter(({ launch }) => launch.name === name);
    if (named.length > 0) return named;
    const names = launches.flatMap(({ launch }) => launch.name ?? []);
    const there = names.length > 0 ? say("cli.it-has", { names: names.join(", ") }) : "";
    throw new CliError(say("cli.not-named", { subcommand, path, name, there }));
  }
  if (document === undefined) {
    const started = launches.filter(({ launch }) => !launch.isMention);
    return started.length > 0 ? started : launches;
  }
  const number = /^[1-9]\d*$/.test(document) ? Number(document) : Number.NaN;
  const found = launches[number - 1];
  if (!found) {
    const there = say("cli.holds", { count: launches.length });
    throw new CliError(say("cli.no-number", { subcommand, document, path, there }));
  }
  return [found];
}

/** Reports on standard error the variables that are not converted. */
export function tellLeftOut(subcommand: string, launches: readonly Pick<PortableLaunch, "leftOut">[]): void {
  for (const { name, open } of launches.flatMap(({ leftOut }) => leftOut)) {
    const why = open ? say("cli.name-unknown") : say("cli.name-impossible");
    complain(`lightllm-config: ${say("cli.left-out", { subcommand, name: onOneLine(name), why })}\n`);
  }
}

/** Reports on standard error problems of the notation because of which words of launches are lost. */
export function tellLost(path: string, document: LaunchDocument): void {
  const lost = service
    .reportedFindings(document)
    .filter(({ stage, code }) => stage === "text" && code.startsWith("shell-"));
  for (const finding of lost) complain(`lightllm-config: ${findingLine(path, document, finding)}\n`);
}

/** Why LightLLM would refuse launches, one line for each reason. */
export function whyRefused(
  path: string,
  document: LaunchDocument,
  launches: readonly JudgedLaunch[],
): string[] {
  const findings = new Set<Finding>(launches.flatMap((judged) => service.refusals(document, judged)));
  return [...findings].map((finding) => findingLine(path, document, finding));
}

/** A finding on one line: place, message, code. */
export function findingLine(
  path: string,
  { document }: LaunchDocument,
  { code, message, span }: Finding,
): string {
  const { line, character } = document.positionAt(span.start);
  return `${onOneLine(path)}:${line + 1}:${character + 1}: ${sentence(message)} [${code}]`;
}

function sentence(message: string): string {
  return onOneLine(message.replaceAll("`", "'"));
}

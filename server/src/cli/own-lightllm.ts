/** The LightLLM of the folder that the command is run in, or of the Python environment that is active there. */

import { LightllmSources } from "../files/lightllm-sources";
import { nodeFiles } from "../files/node";
import { say } from "../messages";
import { onOneLine, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { releaseNamed } from "./options";
import { complain } from "./output";

/** What the options `--release` and `--source` ask for. */
export interface AskedJudge {
  readonly release: string | undefined;
  /** The LightLLM that `--source` names, or that is at hand; nothing where a release is asked for. */
  readonly source: Release | undefined;
}

/** Who is to judge. @throws CliError where both are asked for, or one that is not there. */
export async function askedJudge(
  subcommand: string,
  { release, source }: { readonly release?: string | undefined; readonly source?: string | undefined },
): Promise<AskedJudge> {
  if (release === undefined) return { release, source: await ownLightllm(subcommand, source) };
  if (source !== undefined) throw new CliError(say("cli.release-or-source", { subcommand }));
  releaseNamed(subcommand, release, service.shippedCatalogue());
  return { release, source: undefined };
}

/**
 * The release that its source makes; nothing where there is none. One that is found but cannot be read is told on standard
 * error, and the known releases serve.
 *
 * @param path the option `--source`. @throws CliError where it names no LightLLM that can be read.
 */
export async function ownLightllm(
  subcommand: string,
  path: string | undefined,
): Promise<Release | undefined> {
  const catalogue = service.shippedCatalogue();
  const sources = new LightllmSources(
    nodeFiles,
    (text) => service.readSource(text, catalogue),
    Number.POSITIVE_INFINITY,
  );
  const { VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  const place = {
    folder: process.cwd(),
    depth: 0,
    sourcePath: path,
    chosenPython: VIRTUAL_ENV || CONDA_PREFIX,
  };
  sources.at(place);
  await sources.settled();
  const found = sources.at(place);
  if (!found) return undefined;
  if (found.kind === "release") return found.release;
  if (path !== undefined)
    throw new CliError(say("cli.source-unusable", { subcommand, path, why: inTerminal(found.why) }));
  const why = onOneLine(say("cli.own-unusable", { path: found.path, why: found.why }));
  complain(`lightllm-config: ${say("cli.own-unusable-told", { subcommand, why })}\n`);
  return undefined;
}

/** A reason as it reads where the path comes from an option. */
function inTerminal(why: string): string {
  return why.replace(say("source.setting-source-path"), "--source");
}

/** Finds the LightLLM of the current folder or of the active Python environment. */

import { LightllmSources } from "../files/lightllm-sources";
import { nodeFiles } from "../files/node-files";
import { onOneLine, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { releaseNamed } from "./options";
import { complain } from "./output";

/** The options `--release` and `--source`. */
export interface AskedJudge {
  readonly release: string | undefined;
  /** The LightLLM of `--source`, or the one that was found; undefined if a release is requested. */
  readonly source: Release | undefined;
}

/** Reads both options. @throws CliError if both are used, or if a name or path does not exist. */
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
 * The release of a LightLLM source; undefined if there is none. If one is found but cannot be read, a message on
 * standard error says so and the bundled releases are used.
 *
 * @param path the option `--source`. @throws CliError if it has no readable LightLLM.
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

/** Wording of a reason if the path comes from an option. */
function inTerminal(why: string): string {
  return why.replace(say("source.setting-source-path"), "--source");
}

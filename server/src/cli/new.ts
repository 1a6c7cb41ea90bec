/** `lightllm-config new`: begins a configuration. */
import { existsSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import {
  BEGINNING_FORMATS,
  type BeginningModel,
  type BegunFile,
  begin,
  modelNamed,
  PURPOSES,
  purposeOf,
} from "../beginning/begin";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node-files";
import { onOneLine, service } from "../service";
import { CliError, whyNot } from "./cli-error";
import { say } from "./cli-texts";
import { choiceOf, readOptions, releaseNamed } from "./options";
import { complain, print, tell } from "./output";

const MOST_NODES = 64;

/** Runs the subcommand. Returns 0 if files were written, 1 if there can be none. @throws CliError for bad usage. */
export async function beginFiles(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("new", words, {
    model: { type: "string" },
    gpu: { type: "string" },
    purpose: { type: "string" },
    release: { type: "string" },
    format: { type: "string" },
    nodes: { type: "string" },
    masters: { type: "string" },
    hosts: { type: "string" },
    output: { type: "string", short: "o" },
  });
  const [other] = positionals;
  if (other !== undefined) throw new CliError(say("cli.new-other", { other }));
  const catalogue = service.shippedCatalogue();
  if (values.model === undefined || values.gpu === undefined) throw new CliError(say("cli.new-needs"));
  const { gpu } = values;
  if (service.readGpu(gpu, catalogue) === undefined)
    throw new CliError(say("cli.new-no-gpu", { gpu, known: service.gpuNames(catalogue).join(", ") }));
  const release = values.release ? releaseNamed("new", values.release, catalogue) : catalogue.newest;
  const model = await modelOf(values.model);
  const purpose = values.purpose
    ? choiceOf("new", "purpose", values.purpose, PURPOSES)
    : purposeOf(model, release);
  const answer = begin({
    purpose,
    model,
    gpu,
    release,
    format: choiceOf("new", "format", values.format ?? "yaml", BEGINNING_FORMATS),
    nodes: countOf("nodes", values.nodes, 2),
    masters: countOf("masters", values.masters, 1),
    hosts: values.hosts?.split(",").map((host) => host.trim()),
  });
  if (answer.kind === "refused") {
    complain(`lightllm-config: ${say("cli.new-refused", { why: answer.why })}\n`);
    return 1;
  }
  write(answer.files, values.output);
  return 0;
}

/** The model of `--model`. @throws CliError if there is none. */
async function modelOf(written: string): Promise<BeginningModel> {
  const folders = new ModelFolders(nodeFiles, Number.POSITIVE_INFINITY);
  const folder = process.cwd();
  const model = await modelNamed(written, {
    absolute: (path) => resolve(path.replace(/^~(?=\/|$)/, homedir())),
    surroundings: folders.around({ folder, runsHere: false, workspace: { folders: [folder] } }),
    settled: () => folders.settled(),
  });
  if (!model) throw new CliError(say("cli.new-no-model", { model: written }));
  return model;
}

/** A number of launches. @throws CliError for anything else. */
function countOf(name: "nodes" | "masters", written: string | undefined, least: number): number | undefined {
  if (written === undefined) return undefined;
  const count = /^\d{1,3}$/.test(written) ? Number(written) : Number.NaN;
  if (!(count >= least && count <= MOST_NODES))
    throw new CliError(say("cli.new-count", { name, written, least, most: MOST_NODES }));
  return count;
}

/** Writes files that do not exist yet; without a folder, prints a single one. @throws CliError if one exists. */
function write(files: readonly BegunFile[], output: string | undefined): void {
  const [only, ...others] = files;
  if (output === undefined) {
    if (!only || others.length > 0)
      throw new CliError(say("cli.new-several", { files: files.map(({ name }) => name).join(", ") }));
    print(only.text);
    return;
  }
  const taken = files.find(({ name }) => lstatSync(join(output, name), { throwIfNoEntry: false }));
  if (taken) throw new CliError(say("cli.new-exists", { path: join(output, taken.name) }));
  for (const { name, text, executable } of files) {
    const path = join(output, name);
    try {
      if (!existsSync(output)) mkdirSync(output, { recursive: true });
      writeFileSync(path, text, { flag: "wx", mode: executable ? 0o777 : 0o666 });
    } catch (error) {
      throw new CliError(say("cli.unwritable", { subcommand: "new", path, why: whyNot(error) }));
    }
    tell(`${say("cli.new-written", { path: onOneLine(path) })}\n`);
  }
}

/** The deployments among files that were opened, with the names that the nearest configuration gives them. */
import { dirname, relative, resolve, sep } from "node:path";
import { CONFIGURATION_FILE } from "../configuration/configuration-file";
import { nodeFiles } from "../files/node-files";
import { say } from "../messages";
import {
  type Configuration,
  type Deployment,
  type LaunchDocument,
  type NamedDeployments,
  onOneLine,
  service,
} from "../service";
import { complain } from "./output";

/** A file that was opened. */
interface OpenFile {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  readonly analysed: LaunchDocument | undefined;
}

/** The deployments among files. Complains about a configuration that cannot be used. */
export async function deploymentsIn(files: readonly OpenFile[]): Promise<readonly Deployment[]> {
  const documents = files.flatMap(({ analysed }) => analysed ?? []);
  if (documents.every(({ launches }) => launches.length === 0)) return [];
  return service.deploymentsOf(documents, await namesOf(files));
}

async function namesOf(files: readonly OpenFile[]): Promise<NamedDeployments> {
  const configurations = new Configurations();
  const named = new Map<string, string[]>();
  for (const { path } of files) {
    if (path === "-") continue;
    const at = resolve(path);
    const nearest = await configurations.above(dirname(at));
    if (!nearest || nearest.configuration.deployments.length === 0) continue;
    const { namesFor } = await import("../configuration/named-deployments");
    const inside = relative(nearest.folder, at).split(sep).join("/");
    for (const name of namesFor(inside, nearest.configuration)) {
      named.set(name, [...(named.get(name) ?? []), path]);
    }
  }
  return Object.fromEntries(named);
}

interface Nearest {
  readonly folder: string;
  readonly configuration: Configuration;
}

/** Reads each configuration once. */
class Configurations {
  private readonly byFolder = new Map<string, Promise<Nearest | undefined>>();

  above(folder: string): Promise<Nearest | undefined> {
    const before = this.byFolder.get(folder);
    if (before) return before;
    const found = this.look(folder);
    this.byFolder.set(folder, found);
    return found;
  }

  private async look(folder: string): Promise<Nearest | undefined> {
    const path = resolve(folder, CONFIGURATION_FILE);
    const text = await nodeFiles.read(path);
    if (text === undefined) {
      const parent = nodeFiles.above(folder);
      return parent === undefined ? undefined : this.above(parent);
    }
    const { configuration, problems } = service.readConfiguration(text);
    for (const { line, message } of problems) {
      const place = `${relative(process.cwd(), path) || path}:${line}`;
      complain(
        `lightllm-config: ${onOneLine(say("cli.configuration-problem", { place, message }).replaceAll("`", "'"))}\n`,
      );
    }
    return { folder, configuration };
  }
}

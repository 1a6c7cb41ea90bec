/** The project's configuration for files that are named on the command line. */
import { dirname, relative, sep } from "node:path";
import { nodeFiles } from "../files/node-files";
import { type ProjectConfiguration, ProjectConfigurations } from "../files/project-configurations";
import { onOneLine, service } from "../service";
import { say } from "./cli-texts";
import { complain } from "./output";

const newConfigurations = () =>
  new ProjectConfigurations(
    nodeFiles,
    {
      configurationIn(text, path) {
        const reading = service.configuration.read(text, path);
        for (const { line, message } of reading?.problems ?? []) {
          const place = `${relative(process.cwd(), path) || path}:${line}`;
          const said = say("cli.configuration-problem", { place, message }).replaceAll("`", "'");
          complain(`lightllm-config: ${onOneLine(said)}\n`);
        }
        return reading;
      },
    },
    Number.POSITIVE_INFINITY,
  );

let configurations = newConfigurations();

/** Reads every configuration again when it is next asked for. */
export function forgetConfigurations(): void {
  configurations = newConfigurations();
}

/**
 * The nearest configuration above a file; each is read once, and standard error names what cannot be used in it.
 *
 * @param path absolute
 */
export function configurationFor(path: string): Promise<ProjectConfiguration | undefined> {
  return configurations.above(dirname(path));
}

/** The path of a file as the patterns of a configuration name it. */
export function insideOf({ folder }: Pick<ProjectConfiguration, "folder">, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

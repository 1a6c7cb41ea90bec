/** The deployments among files that were opened, with the names that the nearest configuration gives them. */
import { dirname, resolve } from "node:path";
import {
  type Deployment,
  deploymentReason,
  type LaunchDocument,
  type NamedDeployments,
  service,
} from "../service";
import { configurationFor, insideOf } from "./project-configuration";

/** A file that was opened. */
interface OpenFile {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  readonly analysed: LaunchDocument | undefined;
}

/** The deployments among files, and the files as they are judged in them. Complains about a configuration that cannot be used. */
export async function deploymentsIn<File extends OpenFile>(
  files: readonly File[],
): Promise<{ readonly deployments: readonly Deployment[]; readonly files: readonly File[] }> {
  const documents = files.flatMap(({ analysed }) => analysed ?? []);
  if (documents.every((document) => service.membersIn(document).length === 0))
    return { deployments: [], files };
  // The same folder may be given as an absolute and as a relative path.
  const { deployments, judged } = service.deploymentsTogether(documents, {
    named: await namesOf(files),
    folderOf: (path) => dirname(resolve(path)),
  });
  return {
    deployments,
    files: files.map((file) => ({
      ...file,
      analysed: file.analysed && (judged.get(file.analysed) ?? file.analysed),
    })),
  };
}

async function namesOf(files: readonly OpenFile[]): Promise<NamedDeployments> {
  const named = new Map<string, string[]>();
  for (const { path } of files) {
    if (path === "-") continue;
    const at = resolve(path);
    const nearest = await configurationFor(at);
    if (!nearest || nearest.configuration.deployments.length === 0) continue;
    const { namesFor } = await import("../configuration/named-deployments");
    for (const name of namesFor(insideOf(nearest, at), nearest.configuration)) {
      named.set(name, [...(named.get(name) ?? []), path]);
    }
  }
  return Object.fromEntries(named);
}

/** Why launches belong together, for a terminal. */
export function plainReason(reason: Deployment["reason"]): string {
  return deploymentReason(reason).replaceAll("`", "");
}

/** The language server in a Node process: over stdio for any editor, over IPC for VS Code. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node";
import { version } from "../version";
import { serve } from "./server";

/** Serves stdio or IPC, whichever the command line names (`--stdio`, `--node-ipc`). */
export function serveNode(): void {
  serve(createConnection(ProposedFeatures.all), {
    version,
    rulePages: bundledRulePages(),
    loadService: () => import("../features"),
    modelFolders: (changed) => new ModelFolders(nodeFiles, REREAD_AFTER, changed),
    folderOf,
  });
}

/** A model's config.json that changes is noticed by the next change of a document after this. In milliseconds. */
const REREAD_AFTER = 2000;

/** The folder that a document lies in; none for one that is not on this machine's disk. */
function folderOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? dirname(fileURLToPath(uri)) : undefined;
  } catch {
    return undefined;
  }
}

/** The pages of the rules lie beside the bundle, in an installed extension as in a checkout. */
function bundledRulePages(): string | undefined {
  const folder = join(__dirname, "..", "docs", "rules");
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}

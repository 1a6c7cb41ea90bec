/** The language server in a Node process: over stdio for any editor, over IPC for VS Code. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { interpreterOf } from "../files/interpreter";
import { LightllmSources } from "../files/lightllm-sources";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node-files";
import { version } from "../version";
import type { HostFiles, ServerHost } from "./host";
import { serve } from "./server";

/** Files are read again after this time, at the next change of a document. In milliseconds. */
const REREAD_AFTER = 2000;

/** The files of the machine that this process runs on. */
const machineFiles: HostFiles = {
  modelFolders: (changed) => new ModelFolders(nodeFiles, REREAD_AFTER, changed),
  lightllmSources: (reader, changed) => new LightllmSources(nodeFiles, reader, REREAD_AFTER, changed),
  pathOf(uri) {
    try {
      return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
    } catch {
      return undefined;
    }
  },
  folderOf: dirname,
  uriOf: (path) => pathToFileURL(path).href,
  exists: existsSync,
  interpreter: (setting, folder) => interpreterOf(nodeFiles, setting, folder),
};

/** A server in a process of Node. */
export const nodeHost: ServerHost = {
  version,
  rulePages: bundledRulePages(),
  files: machineFiles,
  loadService: async () => (await import("../service")).service,
};

/** Uses stdio or IPC, as the command line says (`--stdio`, `--node-ipc`). */
export function serveNode(): void {
  serve(createConnection(ProposedFeatures.all), nodeHost);
}

/** The rule pages are in the folder of the bundle, in an installed extension and in a checkout. */
function bundledRulePages(): string | undefined {
  const folder = join(__dirname, "..", "docs", "rules");
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}

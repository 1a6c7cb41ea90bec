/** The language server in a Node process: over stdio for any editor, over IPC for VS Code. */
import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { interpreterOf } from "../files/interpreter";
import { LightllmSources } from "../files/lightllm-sources";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node-files";
import { ProjectConfigurations } from "../files/project-configurations";
import { RelatedFiles } from "../files/related-files";
import { version } from "../version";
import type { HostFiles, ServerHost } from "./host";
import { DROPS_CANCELLED, openGate } from "./message-gate";
import { serve } from "./server";
import { StdioReader } from "./stdio-reader";

/** Files are read again after this time, at the next change of a document. In milliseconds. */
const REREAD_AFTER = 2000;

/** The files of the machine that this process runs on. */
const machineFiles: HostFiles = {
  modelFolders: (changed) => new ModelFolders(nodeFiles, REREAD_AFTER, changed),
  lightllmSources: (reader, changed) => new LightllmSources(nodeFiles, reader, REREAD_AFTER, changed),
  projectConfigurations: (reader, changed) =>
    new ProjectConfigurations(nodeFiles, reader, REREAD_AFTER, changed),
  relatedFiles: (reader, changed) => new RelatedFiles(nodeFiles, reader, REREAD_AFTER, changed),
  pathOf(uri) {
    try {
      return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
    } catch {
      return undefined;
    }
  },
  relative: (folder, path) => relative(folder, path).split(sep).join("/"),
  folderOf: dirname,
  uriOf: (path) => pathToFileURL(path).href,
  exists: existsSync,
  pathNamed(folder, written) {
    const home = /^~(?=$|[\\/])/.test(written) ? nodeFiles.home() : undefined;
    return nodeFiles.resolve(folder, home === undefined ? written : `${home}${written.slice(1)}`);
  },
  look: (path) => nodeFiles.look(path),
  list: (path) => nodeFiles.list(path),
  interpreter: (setting, folder) => interpreterOf(nodeFiles, setting, folder),
};

/** A server in a process of Node. */
export const nodeHost: ServerHost = {
  version,
  rulePages: bundledRulePages(),
  files: machineFiles,
  loadService: async () => (await import("../service")).service,
};

/** Uses stdio or IPC, as the command line says (`--stdio`, `--node-ipc`). Ends the process when the client is gone. */
export function serveNode(): void {
  const [reader, writer] = process.argv.includes("--node-ipc")
    ? [new IpcReader(process), new IPCMessageWriter(process)]
    : [new StdioReader(process.stdin), new StreamMessageWriter(process.stdout)];
  const gate = openGate(reader, writer);
  void gate.ended.then((status) => process.exit(status));
  serve(createConnection(ProposedFeatures.all, gate.reader, writer, DROPS_CANCELLED), nodeHost);
}

/** Closes when the parent process is gone. */
class IpcReader extends IPCMessageReader {
  constructor(child: NodeJS.Process) {
    super(child);
    child.once("disconnect", () => this.fireClose());
  }
}

/** The rule pages are in the folder of the bundle, in an installed extension and in a checkout. */
function bundledRulePages(): string | undefined {
  const folder = join(__dirname, "..", "docs", "rules");
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}

/** The language server in a Node process: over stdio for any editor, over IPC for VS Code. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../version";
import { serve } from "./server";

/** Serves stdio or IPC, whichever the command line names (`--stdio`, `--node-ipc`). */
export function serveNode(): void {
  serve(createConnection(ProposedFeatures.all), {
    version,
    rulePages: bundledRulePages(),
    loadService: () => import("../features"),
  });
}

/** The pages of the rules lie beside the bundle, in an installed extension as in a checkout. */
function bundledRulePages(): string | undefined {
  const folder = join(__dirname, "..", "docs", "rules");
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}

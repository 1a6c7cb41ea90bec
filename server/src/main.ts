/** The server as the VS Code client starts it. */
import { serveNode } from "./lsp/node";

serveNode();

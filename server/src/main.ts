/** Entry point of the server for the VS Code client: in a Node process or a web worker. */

// Each host can load only its own module.
if (typeof process === "object" && process.versions?.node !== undefined)
  void import("./lsp/node").then(({ serveNode }) => serveNode());
else void import("./lsp/browser").then(({ serveWorker }) => serveWorker());

/** The server as the VS Code client starts it: in a process of Node, or in a web worker. */

// Only one of the two can be evaluated in a place.
if (typeof process === "object" && process.versions?.node !== undefined)
  void import("./lsp/node").then(({ serveNode }) => serveNode());
else void import("./lsp/browser").then(({ serveWorker }) => serveWorker());

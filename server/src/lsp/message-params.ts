/** The parameters that messages must have: only those that the server reads without a check of its own. */

type Shape = "string" | "number" | "object" | "list" | { readonly [name: string]: Shape };

const DOCUMENT = { textDocument: { uri: "string" } } as const;
const POSITION = { line: "number", character: "number" } as const;
const PLACE = { ...DOCUMENT, position: POSITION } as const;

/** By method. Messages of other methods may have any parameters. */
const SHAPES: Readonly<Record<string, Shape>> = {
  initialize: "object",
  "$/setTrace": "object",
  "completionItem/resolve": "object",
  "workspace/didChangeConfiguration": "object",
  "workspace/didChangeWatchedFiles": { changes: "list" },
  "workspace/didChangeWorkspaceFolders": { event: { added: "list", removed: "list" } },
  "textDocument/didOpen": { textDocument: { uri: "string", languageId: "string", text: "string" } },
  "textDocument/didChange": { ...DOCUMENT, contentChanges: "list" },
  "textDocument/didClose": DOCUMENT,
  "textDocument/completion": PLACE,
  "textDocument/hover": PLACE,
  "textDocument/codeAction": {
    ...DOCUMENT,
    range: { start: POSITION, end: POSITION },
    context: { diagnostics: "list" },
  },
  "textDocument/codeLens": DOCUMENT,
  "textDocument/diagnostic": DOCUMENT,
  "textDocument/documentSymbol": DOCUMENT,
  "textDocument/foldingRange": DOCUMENT,
  "lightllm/convert": DOCUMENT,
  "lightllm/deployments": { files: "list" },
  "lightllm/effective": PLACE,
  "lightllm/migrate": { ...PLACE, to: "string" },
  "lightllm/problems": PLACE,
  "lightllm/release": PLACE,
  "lightllm/releaseEdit": PLACE,
};

/** Whether a message's parameters have what its method needs. */
export function hasParams(method: string, params: unknown): boolean {
  const shape = Object.hasOwn(SHAPES, method) ? SHAPES[method] : undefined;
  return shape === undefined || fits(params, shape);
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape === "list") return Array.isArray(value);
  if (shape === "string" || shape === "number") return typeof value === shape;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (shape === "object") return true;
  return Object.entries(shape).every(([name, part]) => fits((value as Record<string, unknown>)[name], part));
}

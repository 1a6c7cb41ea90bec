/** The part of a file that is the configuration, as YAML nodes: those of a TOML table have no places of their own. */

import { Document, isMap, LineCounter, parseDocument } from "yaml";
import { say } from "../messages";
import { parseToml } from "./toml";

/** A configuration as it is written in a file. */
export interface WrittenConfiguration {
  /** The node of the mapping; null if it is empty. */
  readonly root: unknown;
  /** What is wrong with the whole file. */
  readonly error?: { readonly start: number; readonly message: string };
  /** The line of an offset, counted from 1. */
  lineOf(offset: number): number;
  /** The offsets of a node, or of the key of a table. */
  placeOf(node: unknown): { readonly start: number; readonly end: number };
}

/** The key of the configuration in `package.json`, and its table in `pyproject.toml`. */
const NAME = "lightllm-config";

/** Reads the configuration of a file, by its name; undefined if the file has none. */
export function writtenConfiguration(text: string, path: string): WrittenConfiguration | undefined {
  if (path.endsWith("pyproject.toml")) return inToml(text);
  const isManifest = path.endsWith("package.json");
  if (isManifest && !text.includes(NAME)) return undefined;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  const about = { lineOf: (offset: number) => lines.linePos(offset).line, placeOf: placeOfNode };
  const [error] = document.errors;
  // The errors of a manifest are not ours to tell.
  if (error && isManifest) return undefined;
  if (error) {
    return { root: null, error: { start: error.pos[0], message: say("configuration.no-yaml") }, ...about };
  }
  if (!isManifest) return { root: document.contents, ...about };
  const root = isMap(document.contents) ? document.contents.get(NAME, true) : undefined;
  return root === undefined ? undefined : { root, ...about };
}

function placeOfNode(node: unknown): { readonly start: number; readonly end: number } {
  const [start = 0, end = 0] = (node as { range?: readonly number[] } | null)?.range ?? [];
  return { start, end };
}

function inToml(text: string): WrittenConfiguration | undefined {
  if (!text.includes(NAME)) return undefined;
  let table: unknown;
  try {
    const { tool } = parseToml(text) as { readonly tool?: Readonly<Record<string, unknown>> };
    table = tool?.[NAME];
  } catch {
    return undefined;
  }
  if (table === undefined) return undefined;
  const from = Math.max(0, text.search(/^\s*\[\s*tool\s*\.\s*["']?lightllm-config\b/m));
  return {
    root: new Document(table).contents,
    lineOf: (offset) => text.slice(0, offset).split("\n").length,
    placeOf(node) {
      const value = String((node as { value?: unknown } | null)?.value ?? "");
      const at = value === "" ? -1 : text.indexOf(value, from);
      return at < 0 ? { start: from, end: from } : { start: at, end: at + value.length };
    },
  };
}

/** Reads the launches of a YAML config: each document of the stream is one. */
import type { LaunchFile, TextProblem } from "../../launch/launch";
import { type ParseCache, parseStream, type YamlDocument } from "../yaml-text/documents";
import { notText, syntaxProblems } from "./problems";
import { type ReadDocument, readDocument } from "./read-document";
import { yamlTraits } from "./traits";

/** The launches of a text: what is no YAML becomes a problem. Throws on text that is beyond reading. */
export function findLaunches(text: string, cache: ParseCache = new Map()): LaunchFile {
  const file = { notation: yamlTraits, text } as const;
  const unreadable = notText(text);
  if (unreadable) return { ...file, launches: [], problems: [unreadable] };
  const problems: TextProblem[] = [];
  const launches = parseStream(text, cache).flatMap((document) => {
    problems.push(...syntaxProblems(document));
    const read = readAgain(document);
    problems.push(...read.problems);
    return read.launch ? [read.launch] : [];
  });
  return { ...file, launches, problems };
}

const lastRead = new WeakMap<object, { readonly start: number; readonly read: ReadDocument }>();

/** What a document says; read once as long as neither its text nor its place changes. */
function readAgain(document: YamlDocument): ReadDocument {
  const before = lastRead.get(document.tree);
  if (before?.start === document.start && document.unknown.length === 0) return before.read;
  const read = readDocument(document);
  lastRead.set(document.tree, { start: document.start, read });
  return read;
}

/** Reads the launches of a YAML config: each document of the stream is one. */
import { type Launch, type LaunchFile, type TextProblem, withProblems } from "../../launch/launch";
import { type ParseCache, parseStream, type YamlDocument } from "../yaml-text/documents";
import { notText, syntaxProblems } from "./problems";
import { readDocument } from "./read-document";
import { yamlTraits } from "./traits";

/** The launches of a text: what is no YAML becomes a problem. Throws on text that is beyond reading. */
export function findLaunches(text: string, cache: ParseCache = new Map()): LaunchFile {
  const file = { notation: yamlTraits, text } as const;
  const unreadable = notText(text);
  if (unreadable) return { ...file, launches: [], problems: [unreadable] };
  const problems: TextProblem[] = [];
  const launches = parseStream(text, cache).flatMap((document) => {
    const read = readAgain(document);
    problems.push(...read.problems);
    return read.launch ? [read.launch] : [];
  });
  return { ...file, launches, problems };
}

/** A document as it is read: its launch with the faults of its writing; where there is no launch, the faults alone. */
interface ReadDocument {
  readonly launch?: Launch;
  readonly problems: readonly TextProblem[];
}

const lastRead = new WeakMap<object, { readonly start: number; readonly read: ReadDocument }>();

/** What a document says; read once as long as neither its text nor its place changes. */
function readAgain(document: YamlDocument): ReadDocument {
  const before = lastRead.get(document.tree);
  if (before?.start === document.start && document.unknown.length === 0) return before.read;
  const { launch, problems } = readDocument(document);
  const all = [...syntaxProblems(document), ...problems];
  const read = launch ? { launch: withProblems(launch, all), problems: [] } : { problems: all };
  lastRead.set(document.tree, { start: document.start, read });
  return read;
}

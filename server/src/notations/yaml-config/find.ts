/** Reads the launches of a YAML config: one for each document of the stream. */
import type { LaunchFile } from "../../launch/launch";
import { keepMeaning } from "../../launch/meaning";
import { type YamlDocument, YamlStream } from "../yaml-text/stream";
import { notText, unprintable } from "./problems";
import { type ReadDocument, readDocument } from "./read-document";
import { yamlTraits } from "./traits";

/** State of a config that is reused between versions. */
export type ConfigCache = YamlStream<ReadDocument>;

export function newConfigCache(): ConfigCache {
  return new YamlStream();
}

/** The launches of a text; text that is not YAML becomes a problem. @throws BeyondBounds */
export function findLaunches(text: string, cache: ConfigCache = newConfigCache()): LaunchFile {
  const file = { notation: yamlTraits, text } as const;
  const unreadable = notText(text);
  if (unreadable) return { ...file, launches: [], problems: [unreadable] };
  const documents = cache.read(text, readAgain);
  return {
    ...file,
    launches: documents.flatMap(({ launch }) => launch ?? []),
    problems: [...unprintable(text), ...documents.flatMap(({ problems }) => problems)],
  };
}

function readAgain(document: YamlDocument, earlier: ReadDocument | undefined): ReadDocument {
  const read = readDocument(document);
  if (read.launch && earlier?.launch) keepMeaning(read.launch, earlier.launch);
  return read;
}

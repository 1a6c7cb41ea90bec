/** The texts of findings, kept: `fuzz/corpus/<area>/<name>.<notation>`, with `<name>.before.<notation>` where an edit led there. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { service } from "../server/src/service";
import type { Area, Edited } from "./checks";
import { filesIn, isNotation, subjectOf } from "./seeds";

const { notationOf } = service;

/** A text of the corpus. */
export interface Kept {
  readonly name: string;
  readonly area: Area;
  readonly edited: Edited;
}

/** The files that keep a text: paths in the corpus, and what is in them. */
export function corpusFiles(name: string, area: Area, edited: Edited): [string, string][] {
  const notation = notationOf(edited.languageId, edited.uri, edited.text)?.id ?? "txt";
  const file = (middle: string) => `${area}/${name}${middle}.${notation}`;
  const before: [string, string][] = edited.before === undefined ? [] : [[file(".before"), edited.before]];
  return [...before, [file(""), edited.text]];
}

/** Every text of the corpus. @param folder `fuzz/corpus` */
export function readCorpus(folder: string): Kept[] {
  const paths = filesIn(folder);
  return paths.flatMap((path) => {
    const [, name = "", notation = ""] = /^(.*)\.([a-z]+)$/.exec(basename(path)) ?? [];
    if (!isNotation(notation) || name.endsWith(".before")) return [];
    const before = join(dirname(path), `${name}.before.${notation}`);
    const edited = {
      ...subjectOf(notation, readFileSync(path, "utf8")),
      ...(paths.includes(before) && { before: readFileSync(before, "utf8") }),
    };
    return [{ name: `${basename(dirname(path))}/${name}`, area: basename(dirname(path)) as Area, edited }];
  });
}

/** Converts texts like the command line and the editor. */

import { convert, type FormatId, portableOf } from "../../server/src/conversion/convert";
import type { PortableLaunch } from "../../server/src/conversion/portable";
import { quoteWord } from "../../server/src/notations/shell/quote";
import type { LaunchDocument, Settings } from "../../server/src/service";
import { open, type TestNotation } from "./service";

export { type Meaning, meaningOf } from "./meaning";

/** How many opened texts are kept: conversions to all formats and back meet the same texts again and again. */
const MOST_KEPT = 200;

const opened = new Map<string, LaunchDocument>();
const portable = new WeakMap<LaunchDocument, PortableLaunch[]>();

/** Opens a text once, also if several conversions lead to it. */
function openOnce(
  text: string,
  notation: TestNotation,
  settings: Partial<Settings> | undefined,
): LaunchDocument {
  const key = `${notation} ${JSON.stringify(settings ?? {})}\n${text}`;
  const document = opened.get(key) ?? open(text, settings, notation);
  if (opened.size >= MOST_KEPT) opened.clear();
  opened.set(key, document);
  return document;
}

/** The launches of a text in another notation. */
export function launchesIn(
  text: string,
  notation: TestNotation,
  settings?: Partial<Settings>,
): PortableLaunch[] {
  const document = openOnce(text, notation, settings);
  const launches =
    portable.get(document) ?? document.launches.flatMap((judged) => portableOf(document, judged) ?? []);
  portable.set(document, launches);
  return launches;
}

/** A text in another notation. */
export function converted(
  text: string,
  from: TestNotation,
  to: FormatId,
  settings?: Partial<Settings>,
): string {
  return convertAll(openOnce(text, from, settings), to);
}

export function convertAll(document: LaunchDocument, to: FormatId): string {
  return convert(document, document.launches, to);
}

/** A launch in a script, its words quoted by the shell's own rules. */
export function scriptOf(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const set = Object.entries(environment).map(([name, value]) => `${name}=${quoteWord(value)} `);
  return `${set.join("")}python -m lightllm.server.api_server ${words.map((word) => quoteWord(word)).join(" ")}\n`;
}

/** Texts that some language would change. */
export const TRICKY = [
  "",
  " ",
  "8",
  "08",
  "0x10",
  "0o17",
  "1e3",
  "1.10",
  "1_000",
  "12:30",
  "-1",
  "-1.5",
  "--",
  "-",
  "yes",
  "No",
  "on",
  "null",
  "~",
  "~/models",
  "true",
  "None",
  "2024-01-01",
  "a b",
  " a ",
  "a: b",
  "a #b",
  "#a",
  "key:",
  "- a",
  "[a]",
  "{a}",
  "{}",
  "{{",
  "*a",
  "&a",
  "!a",
  "|",
  ">",
  "%a",
  "@a",
  "`a`",
  "'",
  '"',
  "it's",
  'say "hi"',
  "'\"",
  "\\",
  "a\\",
  "\\n",
  "a\\ b",
  "$",
  "$$",
  "$5",
  "$HOME",
  "${HOME}",
  "$(id)",
  "$$HOME",
  "a$HOME",
  "a,b",
  "a;b",
  "a&b",
  "a|b",
  "a>b",
  "(a)",
  "a=b",
  "=",
  "a\nb",
  "a\tb",
  "\n",
  "é",
  "模型",
  "😀",
  "a\u00a0b",
  "a'b\"c$d`e\\f",
  "%s",
  "{port}",
  "%%",
  "{0}",
  "!!str a",
  "<<",
  "0.0.0.0",
  "::1",
  "http://a:8/b?c=d&e=f",
  '{"a": [1, "b"], "c": "$x"}',
  "*",
  "?",
  "[0-9]",
  "a/*.json",
  "!x",
  "x!",
  "y",
  "n",
];

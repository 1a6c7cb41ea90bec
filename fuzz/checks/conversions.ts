/** Converted launches must be readable and equal to the originals. */
import { isDeepStrictEqual } from "node:util";
import { portableOf } from "../../server/src/conversion/convert";
import type { FormatId } from "../../server/src/conversion/formats";
import type { PortableLaunch, PortablePart, PortableWord } from "../../server/src/conversion/portable";
import { NOT_CHECKED } from "../../server/src/launch/bounds";
import { service } from "../../server/src/service";
import { meaningOf } from "../../test/support/meaning";
import { subjectOf } from "../seeds";
import { open } from "./case";
import type { Check } from "./check";

const { codeActions, conversionOf, formats: FORMATS } = service;

const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];

/** Maximum length of a converted text. */
const longest = (text: string, launches: number) => 5_000 + 30 * text.length + 20_000 * launches;

/** A variable with a default: a script that is read again may show that the value is the default. */
const WITH_DEFAULT = /^\$\{\w+:?[-=]/;

/** The parts of a word in which each variable with a default is read as a script reads it, in double quotes. */
function asScriptReads(parts: readonly PortablePart[], depth = 0): PortablePart[] {
  return parts.flatMap((part) => {
    if (part.kind !== "shell" || !WITH_DEFAULT.test(part.source) || depth > 3) return [part];
    const document = open(subjectOf("shell", ""), `${RUN} --flag "${part.source}"`);
    const [judged] = document?.launches ?? [];
    const [word] = (document && judged && portableOf(document, judged))?.arguments[0]?.values ?? [];
    return word ? asScriptReads(word.parts, depth + 1) : [part];
  });
}

const RUN = "python -m lightllm.server.api_server";

/** A word as a script reads it: its text, or its parts. */
function read(word: unknown): unknown {
  if (typeof word === "string") return word;
  const { parts, splits } = word as PortableWord;
  const found = joinedText(asScriptReads(parts));
  const [only, other] = found;
  if (splits || other || (only && only.kind !== "text")) return { parts: found, splits };
  return only?.text ?? "";
}

const isObject = (word: unknown): word is object => typeof word === "object" && word !== null;

function joinedText(parts: readonly PortablePart[]): PortablePart[] {
  const joined: PortablePart[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.kind === "text" && before?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: before.text + part.text };
    else joined.push(part);
  }
  return joined;
}

/** The meaning of a launch, without differences between notations that do not reach LightLLM. */
function wordsSaid(launch: PortableLaunch) {
  const { words, environment } = meaningOf(launch);
  const values = Object.entries(environment).map(([name, value]) => [name, read(value)]);
  const comparable = words.map(read).flatMap((word) => {
    const [first, ...parts] = isObject(word) && "parts" in word ? (word.parts as PortablePart[]) : [];
    const start = first?.kind === "text" ? first.text : word;
    const [, flag, value] = (typeof start === "string" && /^(--?[^=]+)=(.*)$/s.exec(start)) || [];
    if (flag === undefined) return [word];
    if (!isObject(word)) return [flag, value];
    return [flag, { ...word, parts: value ? [{ kind: "text", text: value }, ...parts] : parts }];
  });
  // A word after a flag is its value, and then it is not said whether it splits. A config's `${@}` is one word, a shell's not.
  for (const [at, word] of comparable.entries())
    if (
      isObject(word) &&
      "splits" in word &&
      (/^(?:--.|-[A-Za-z])/.test(String(comparable[at - 1])) || /"\$[^"]*@/.test(JSON.stringify(word)))
    )
      comparable[at] = { ...word, splits: undefined };
  return { words: comparable, environment: Object.fromEntries(values) };
}

/** `A=1 command $A`: the shell uses the previous value of A. If the two are separated, the meaning changes. */
function namesItself({ environment, arguments: given }: PortableLaunch): boolean {
  const set = new Set<string>(environment.map(({ name }) => name));
  const parts = [...environment.map(({ value }) => value), ...given.flatMap(({ values }) => values)].flatMap(
    (word) => word.parts,
  );
  return parts.some((part) =>
    part.kind === "variable"
      ? set.has(part.name)
      : part.kind === "shell" && (part.source.match(/\w+/g) ?? []).some((name) => set.has(name)),
  );
}

/** A NUL or half of a surrogate pair cannot be passed to a program; such words are refused. */
const UNPASSABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Text that looks like a template is one in a file for Helm or Jinja; `%s` may be one in a Python string. */
const TEMPLATE = /\{\{|\{%|%\w/;

/** A command substitution may contain a launch of its own. */
const holdsAnother = (text: string) => (text.match(/-m[\s"',\\-]*lightllm\W/g)?.length ?? 0) > 1;

const converts: Check = {
  name: "a conversion is equal to its launch",
  area: "conversions",
  *check(asked) {
    if (!asked.now(0.4)) return;
    const { document, text } = asked;
    for (const judged of asked.some(document.launches, 1)) {
      const portable = portableOf(document, judged);
      for (const format of asked.some(FORMAT_IDS, 2)) {
        const conversion = conversionOf(document, [judged], format);
        if (conversion.text.length > longest(text, 1))
          yield {
            of: `${format} length`,
            message: `As ${format}, ${text.length} characters become ${conversion.text.length}.`,
          };
        if (
          !portable ||
          TEMPLATE.test(conversion.text) ||
          holdsAnother(conversion.text) ||
          UNPASSABLE.test(text) ||
          namesItself(portable)
        )
          continue;
        const back = open(subjectOf(FORMATS[format].notation.id, ""), conversion.text);
        // If the text exceeds a limit of its notation, its own problem says so.
        if (back?.file.problems.some(({ code }) => code === NOT_CHECKED)) continue;
        const launches = back?.launches ?? [];
        const [first] = launches;
        const again = back && first && portableOf(back, first);
        if (launches.length !== 1 || !again)
          yield {
            of: `${format} launches`,
            message: `As ${format}, the launch is ${launches.length} launches:\n${conversion.text}`,
          };
        else if (!isDeepStrictEqual(wordsSaid(again), wordsSaid(portable)))
          yield {
            of: `${format} words`,
            message: `As ${format}, the launch is different:\n${JSON.stringify(meaningOf(portable))}\n${JSON.stringify(meaningOf(again))}\n${conversion.text}`,
          };
      }
    }
    if (asked.now(0.3)) conversionOf(document, document.launches, asked.random.pick(FORMAT_IDS));
  },
};

const actions: Check = {
  name: "conversions can be offered",
  area: "conversions",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(asked.now(0.1) ? 1 : 0)) {
      const position = document.positionAt(offset);
      const query = {
        range: { start: position, end: position },
        diagnostics: [],
        only: ["refactor"],
        asked: true,
      };
      const files = { conversions: { kind: "files", isFree: () => true } as const };
      for (const { title } of codeActions(asked.document, query, files))
        if (/[\r\n]/.test(title))
          yield { of: "title", message: `The title ${JSON.stringify(title)} is empty or has several lines.` };
    }
  },
};

export const CONVERSIONS: readonly Check[] = [converts, actions];

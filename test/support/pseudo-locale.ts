/** A pseudo-language for tests, made from English: each text in full-width brackets, each letter with an accent. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";
import { parse as parseYaml, stringify } from "yaml";
import { readMessages } from "../../scripts/schemas/messages.mjs";
import { shownTexts } from "../../scripts/schemas/translations.mjs";
import type { Messages } from "../../server/src/messages";
import { root } from "./paths";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = [..."áƀćďéƒǵĥíĵķľɱńóƥɋŕśťúṽŵẋýźÁƁĆĎÉƑǴĤÍĴĶĽⱮŃÓƤɊŔŚŤÚṼŴẊÝŹ"];

/** A word with an accent on each letter. */
export function accented(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => ACCENTED[LETTERS.indexOf(letter)] ?? letter);
}

/** A template of a rule with accents, except on `code` and `{values}`. */
function accentedOutside(template: string): string {
  return template.replace(/`[^`]*`|\{[^{}]*\}|[^`{]+/g, (part) =>
    /^[`{]/.test(part) ? part : accented(part),
  );
}

function changed(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) return { ...element, value: accented(element.value) };
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
    const options = Object.entries(element.options).map(([form, option]) => [
      form,
      { ...option, value: changed(option.value) },
    ]);
    return { ...element, options: Object.fromEntries(options) } as MessageFormatElement;
  });
}

/** The texts of each program in the pseudo-language, read from a folder of YAML like those of a real language. */
export async function pseudoMessages(): Promise<Readonly<Record<string, Messages>>> {
  const english = join(root, "schemas/messages/en");
  const folder = mkdtempSync(join(tmpdir(), "messages-"));
  try {
    for (const language of ["en", "qps"]) mkdirSync(join(folder, "messages", language), { recursive: true });
    for (const file of readdirSync(english)) {
      const text = readFileSync(join(english, file), "utf8");
      const messages = Object.entries(parseYaml(text) as Record<string, string>);
      const pseudo = messages.map(([id, message]) => {
        const elements = changed(parse(message, { ignoreTag: true }));
        return [id, `［${printAST(elements)}］`];
      });
      writeFileSync(join(folder, "messages/en", file), text);
      writeFileSync(join(folder, "messages/qps", file), stringify(Object.fromEntries(pseudo)));
    }
    for (const part of ["rules", "moves"]) {
      const source = join(root, "schemas", part);
      symlinkSync(source, join(folder, part));
      mkdirSync(join(folder, "messages/qps", part));
      for (const file of readdirSync(source)) {
        const texts = [...shownTexts(parseYaml(readFileSync(join(source, file), "utf8")))];
        const pseudo = texts.map((text) => [text, `［${accentedOutside(text)}］`]);
        writeFileSync(join(folder, "messages/qps", part, file), stringify(Object.fromEntries(pseudo)));
      }
    }
    const programs = await readMessages(join(folder, "messages"));
    return Object.fromEntries(
      [...programs].map(([program, languages]) => [
        program,
        Object.fromEntries([...(languages.get("qps") ?? [])].map(([id, { text }]) => [id, text])) as Messages,
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

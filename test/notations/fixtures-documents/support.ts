/** Reads documents of one notation for tests: the words of their launches, their findings, fixes and completions. */
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  analyse,
  applyEdits,
  complete,
  fixesOf,
  heardFindings,
  type LaunchDocument,
  type Notation,
  shippedCatalogue,
} from "../../../server/src/features";
import type { Launch, LaunchChange } from "../../../server/src/launch/launch";
import { atCursor } from "../../support/service";

export const RUN = "python -m lightllm.server.api_server";

/** The words LightLLM gets in each launch; `?` one that is not known, `?*` any number of them. */
export function wordsIn(notation: Notation, text: string): string[][] {
  return notation.find(text).launches.map(({ arguments: given }) =>
    given.flatMap(({ flag, joined, words }) => {
      const values = words.map((word) => word.text ?? (word.splits ? "?*" : "?"));
      if (joined) return [`${flag}=${values[0]}`, ...values.slice(1)];
      return flag === "" ? values : [flag, ...values];
    }),
  );
}

/** How the flags and values of the launches stand in the file: `--tp <8>`. */
export function placesIn(notation: Notation, text: string): string[] {
  const written = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  return notation
    .find(text)
    .launches.flatMap((launch) =>
      launch.arguments.map(({ flagSpan, words }) =>
        [written(flagSpan), ...words.map(({ span }) => `<${written(span)}>`)].join(" "),
      ),
    );
}

export function openAs(notation: Notation, text: string): LaunchDocument {
  const document = TextDocument.create("file:///a", notation.id, 1, text);
  return analyse(document, notation, { language: "en", setting: "v1.1.0" }, shippedCatalogue());
}

/** The findings of a text as `code: marked text`, in order. */
export function findingsIn(notation: Notation, text: string): string[] {
  return heardFindings(openAs(notation, text)).map(
    ({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`,
  );
}

/** The text after the preferred fix of the first finding with a code. */
export function afterFixIn(notation: Notation, text: string, code: string): string {
  const document = openAs(notation, text);
  const finding = heardFindings(document).find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code} in:\n${text}`);
  const fix = fixesOf(finding, notation, text).find(({ preferred }) => preferred);
  if (!fix) throw new Error(`No preferred fix of ${code}.`);
  return applyEdits(text, fix.edits);
}

/** The labels offered at the cursor. */
export function labelsIn(notation: Notation, marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return complete(openAs(notation, text), offset).map(({ label }) => label);
}

/** The text after a change of its last launch. */
export function changed(notation: Notation, text: string, change: (launch: Launch) => LaunchChange): string {
  const launch = notation.find(text).launches.at(-1);
  if (!launch) throw new Error(`No launch in:\n${text}`);
  return applyEdits(text, notation.write(text, launch, change(launch)));
}

/** The argument of a launch with a flag. */
export function argument(launch: Launch, flag: string) {
  const found = launch.arguments.find((one) => one.flag === flag);
  if (!found) throw new Error(`No ${flag} in the launch.`);
  return found;
}

/** Adds a flag behind the last argument. */
export function adding(flag: string, ...words: string[]) {
  return (launch: Launch): LaunchChange => ({ kind: "add", launch, flag, words });
}

/** Removes a flag with its value. */
export function removing(flag: string) {
  return (launch: Launch): LaunchChange => ({ kind: "remove", argument: argument(launch, flag) });
}

/** Sets the first value of a flag. */
export function setting(flag: string, to: string) {
  return (launch: Launch): LaunchChange => {
    const word = argument(launch, flag).words[0];
    if (!word) throw new Error(`${flag} has no value.`);
    return { kind: "setWord", word, to };
  };
}

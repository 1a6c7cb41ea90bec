/** Helpers for the rules about the site of a launch: flags in words, places, and edits of the text around a launch. */
import type { Release } from "../../catalogue/types";
import {
  type Argument,
  headOf,
  type Launch,
  type Span,
  type TextChange,
  type TextFix,
} from "../../launch/launch";
import { say } from "../../messages";
import { readWord } from "../argparse";
import type { EffectiveValues } from "../effective-values";
import type { Fix, RelatedPlace } from "../finding";
import { flagWith } from "./cures";
import type { RuleContext } from "./rule";

/** The argument that sets a flag without dashes, the last one. */
export function argumentFor(
  key: string,
  { arguments: given }: Launch,
  release: Release,
): Argument | undefined {
  return given.findLast((argument) => {
    const reading = readWord(argument.flag, release);
    return argument.counts && reading.kind === "flag" && reading.flag.key === key;
  });
}

/** The place of a flag's value; if it is not written, that of the program's name. */
export function placeOfFlag(key: string, { launch, release }: RuleContext): Span {
  const argument = argumentFor(key, launch, release);
  return argument ? argument.span : headOf(launch);
}

/** A flag's value for a message, marked if it is the default. */
export function valueInWords(key: string, value: string, values: EffectiveValues): string {
  const shown = `\`${value}\``;
  return values.effective(key)?.origin === "default" ? say("site.default-value", { value: shown }) : shown;
}

/** The fix that sets a flag, also one that is not written. */
export function setFlag(
  key: string,
  value: string,
  title: string,
  preferred: boolean,
  context: RuleContext,
): Fix {
  const { launch, release } = context;
  const argument = argumentFor(key, launch, release);
  return {
    title,
    kind: "choice",
    preferred,
    changes: [
      argument
        ? { kind: "set", argument, words: [value] }
        : { kind: "add", launch, flag: `--${key}`, words: [value] },
    ],
  };
}

/** A flag with a value in the launch's notation. */
export function flagText(key: string, value: string, context: RuleContext): string {
  return flagWith(key, [value], context);
}

/** The fix that changes the text around the launch. */
export function changeText(title: string, preferred: boolean, edits: readonly TextChange[]): TextFix {
  const once = edits.filter(
    ({ span }, at) => edits.findIndex((other) => other.span.start === span.start) === at,
  );
  return { title, kind: "choice", preferred, edits: once };
}

/** Places of the launch's text with one message, each once. */
export function relatedAt(spans: readonly Span[], message: string) {
  return relatedTo(
    spans.map((span) => ({ span })),
    message,
  );
}

/** The same for places of any text. */
export function relatedTo(places: readonly Pick<RelatedPlace, "span" | "file">[], message: string) {
  const keys = places.map(({ span, file }) => `${span.start} ${span.end} ${file?.path}`);
  return places
    .filter((_, at) => keys.indexOf(keys[at] ?? "") === at)
    .map(({ span, file }): RelatedPlace => ({ span, message, ...(file && { file }) }));
}

/** The words that completion offers for a flag's value. */

import { type Catalogue, type Flag, isDefault } from "../../catalogue";
import { say } from "../../messages";
import type { Notation } from "../../notations";

/** A word with its description, if it has one. */
export interface OfferedWord {
  readonly word: string;
  readonly kind: "known" | "on" | "off" | "default" | "example";
  readonly note: string;
}

export interface OfferedWords {
  readonly words: readonly OfferedWord[];
  /** Whether they are examples, because any word is allowed. */
  readonly free: boolean;
}

/** The words to offer for a flag: its choices, or the words LightLLM accepts, or else the default and examples. */
export function valueWordsOf(
  flag: Flag,
  switchWords: Notation["switchWords"],
  catalogue: Catalogue,
): OfferedWords {
  if (flag.kind === "switch") {
    return { words: switchWords.map(({ word, on }) => offered(word, on ? "on" : "off")), free: false };
  }
  const all = [...kindsOf(flag, catalogue)].map(([word, kind]) => offered(word, kind));
  // Other words are in an order that means something: LightLLM's own, or that of their documentation.
  if (all.every(({ word }) => /^-?\d+(?:\.\d+)?$/.test(word)))
    all.sort((one, other) => Number(one.word) - Number(other.word));
  return { words: all, free: knownWords(flag).length === 0 };
}

/** Whether there is any word to offer for a flag's value. */
export function hasValueWords(
  flag: Flag,
  switchWords: Notation["switchWords"],
  catalogue: Catalogue,
): boolean {
  return flag.kind === "switch" ? switchWords.length > 0 : kindsOf(flag, catalogue).size > 0;
}

function knownWords(flag: Flag): readonly string[] {
  return flag.choices ? flag.choices.filter((choice) => choice !== null).map(String) : flag.words;
}

function kindsOf(flag: Flag, catalogue: Catalogue): Map<string, OfferedWord["kind"]> {
  const known = knownWords(flag);
  const words = new Map<string, OfferedWord["kind"]>(
    known.map((word) => [word, isDefault(flag, word) ? "default" : "known"]),
  );
  if (known.length === 0) {
    const usual = flag.default;
    if (usual !== null && typeof usual !== "boolean" && typeof usual !== "object")
      words.set(String(usual), "default");
    for (const example of catalogue.docs(flag.key)?.examples ?? []) {
      for (const word of typeof example === "object" ? example : [example]) {
        if (!words.has(String(word))) words.set(String(word), "example");
      }
    }
  }
  return words;
}

function offered(word: string, kind: OfferedWord["kind"]): OfferedWord {
  return { word, kind, note: kind === "known" ? "" : say(`completion.word-${kind}`) };
}

/** The words that completion offers for a flag's value. */
import { type Catalogue, type Flag, isDefault } from "../../catalogue";
import type { Notation } from "../../notations";

export interface OfferedWords {
  readonly words: readonly { readonly word: string; readonly note: string }[];
  /** Whether they are examples of what may stand there, and not what there is to choose from. */
  readonly free: boolean;
}

/** The words worth offering for a flag: choices, words LightLLM knows, else the default and examples. */
export function valueWordsOf(
  flag: Flag,
  switchWords: Notation["switchWords"],
  catalogue: Catalogue,
): OfferedWords {
  if (flag.kind === "switch") {
    const words = switchWords.map(({ word, on }) => ({
      word,
      note: on ? "switches it on" : "leaves it off, the default",
    }));
    return { words, free: false };
  }
  const known = flag.choices ? flag.choices.filter((choice) => choice !== null).map(String) : flag.words;
  const words = new Map<string, string>(known.map((word) => [word, isDefault(flag, word) ? "default" : ""]));
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
  return { words: [...words].map(([word, note]) => ({ word, note })), free: known.length === 0 };
}

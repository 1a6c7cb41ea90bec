/** A judged launch as plain data: its words and its effective values. */
import type { EffectiveValues } from "../judgement/effective-values";
import type { Argument, Launch } from "../launch/launch";
import { toJson } from "../python/json";
import { holdsUnknown } from "../python/values";

/** The words after the program as LightLLM receives them; `null` for an unknown word. */
export function argvOf(launch: Launch): (string | null)[] {
  return launch.arguments.flatMap(wordsOf);
}

function wordsOf({ flag, joined, words, counts, shape }: Argument): (string | null)[] {
  if (!counts || shape === "absent" || shape === "unfinished") return [];
  const texts = words.map(({ text }) => text ?? null);
  if (joined) return [texts[0] === null ? null : `${flag}=${texts[0]}`, ...texts.slice(1)];
  return flag === "" ? texts : [flag, ...texts];
}

/** All known effective values as JSON. */
export function knownValues(values: EffectiveValues): Record<string, unknown> {
  const known: [string, unknown][] = [];
  for (const name of values.names()) {
    const value = values.effective(name)?.value ?? null;
    if (!holdsUnknown(value)) known.push([name, toJson(value)]);
  }
  return Object.fromEntries(known);
}

/** The meaning of a launch, in any notation. */
import {
  argumentWords,
  knownText,
  type PortableLaunch,
  type PortableWord,
} from "../../server/src/conversion/portable";

/** The meaning of a launch: its words and its environment, as text if known. */
export interface Meaning {
  readonly words: readonly unknown[];
  readonly environment: Readonly<Record<string, unknown>>;
}

/** The meaning that must be the same in every notation; a config has a repeatable flag in one place. */
export function meaningOf({ arguments: given, environment }: PortableLaunch): Meaning {
  const inOnePlace = given.flatMap((argument, at) => {
    if (!argument.collects) return [argument];
    const same = given.filter(({ flag }) => flag === argument.flag);
    return same[0] === given[at] ? same : [];
  });
  return {
    words: inOnePlace.flatMap(argumentWords).map(comparable),
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, comparable(value)])),
  };
}

function comparable(word: PortableWord): unknown {
  return knownText(word) ?? { parts: word.parts, splits: word.splits ?? false };
}

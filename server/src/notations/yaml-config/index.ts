/** The YAML config: a mapping whose keys are the flags' long names without dashes, one document for each launch. */
import type { Launch, Span } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { rememberedFor } from "../../launch/remembered";
import { inDoubleQuotes } from "../../launch/visible-text";
import type { Notation } from "../notation";
import { placedChange } from "../written-variable";
import { anchorsIn } from "../yaml-text/anchors";
import { writeScalar } from "../yaml-text/scalars";
import { partsOfStream } from "../yaml-text/stream";
import { writeVariableInYaml } from "../yaml-text/write-variable";
import { cursorAt } from "./cursor";
import { type ConfigCache, findLaunches, newConfigCache } from "./find";
import { hasOwnKey, OWN_KEYS, ownKeyAt } from "./own-keys";
import { yamlTraits } from "./traits";
import { writeChange } from "./write";

const writeVariableInConfig = writeVariableInYaml({ strings: false, references: false });

export const yaml: Notation = {
  ...yamlTraits,
  find: (text, cache) => findLaunches(text, cache as ConfigCache | undefined),
  newCache: newConfigCache,
  partsOf: (text) => partsOfStream(text, () => true),
  cursorAt,
  write: (text, launch, change) =>
    concernsShellWords(launch, change) ? [] : writeChange(text, launch, change),
  writeVariable(text, _launch, change) {
    const placed = placedChange(change);
    return placed ? writeVariableInConfig(text, placed.variable, placed.change) : [];
  },
  names: anchorsIn,
  flagText: (name) => name.replace(/^--/, ""),
  insertFlag: (name, { hasValue }) => `${name.replace(/^--/, "")}${hasValue ? "" : ": "}`,
  insertValue(word, { quote, separator, inFlow }) {
    if (quote) return inDoubleQuotes(word);
    return separator + writeScalar(word, inFlow);
  },
  ownKeys: { all: OWN_KEYS, has: hasOwnKey, at: ownKeyAt },
  switchWords: [
    { word: "true", on: true },
    { word: "false", on: false },
  ],
};

const shellWordsOf = rememberedFor(({ arguments: given }: Launch) =>
  given.filter(({ flag, written }) => flag === written),
);

/** Whether a change affects words of `x-arguments`, which are not keys. */
function concernsShellWords(launch: Launch, change: LaunchChange): boolean {
  const spans = spansOf(change);
  return shellWordsOf(launch).some(({ span }) =>
    spans.some(({ start, end }) => span.start <= start && end <= span.end),
  );
}

function spansOf(change: LaunchChange): readonly Span[] {
  if ("argument" in change) return [change.argument.span];
  if ("words" in change && change.kind === "removeWords") return change.words.map(({ span }) => span);
  return "word" in change ? [change.word.span] : [];
}

/** Common parts of the container notations: a launch is a list or a shell command. */
import type { LaunchFile } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import type { NotationTraits } from "../../launch/notation-traits";
import { launchAround } from "../launch-around";
import { cursorInList, insertFlagElement, insertValueElement } from "../list/cursor";
import { type FoundLaunches, NOTHING_FOUND } from "../list/read-command";
import { writeInList } from "../list/write";
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { cursorInShell } from "../shell/cursor";
import { insertFlagWord, insertValueWord } from "../shell/quote";
import { writeInShell } from "../shell/write";
import { anchorsIn } from "../yaml-text/anchors";
import { type ShellInContainer, writeVariableInContainer } from "./container-variable";
import { type FindVariablePlace, variableInContainer } from "./variable-cursor";

/** The text that completion inserts into lists and shell commands. */
export const INSERTING: Pick<Notation, "insertFlag" | "insertValue"> = {
  insertFlag: (name, cursor) =>
    (cursor.launch.form.kind === "list" ? insertFlagElement : insertFlagWord)(name, cursor),
  insertValue: (word, cursor) =>
    (cursor.launch.form.kind === "list" ? insertValueElement : insertValueWord)(word, cursor),
};

/** The differences of a container notation. */
export interface ContainerSyntax<Cache>
  extends ShellInContainer,
    Pick<Notation, "partsOf" | "imageLaunch" | "portsBeside" | "outline"> {
  /** Throws if a text cannot be read. */
  find(text: string, cache: Cache): FoundLaunches;
  newCache(): Cache;
  /** Whether a text is read at all; one that names the program if absent. */
  mayBeOfUse?(text: string): boolean;
  readonly variablePlace: FindVariablePlace;
}

/** A notation whose launches are lists or shell commands. */
export function containerNotation<Cache>(traits: NotationTraits, syntax: ContainerSyntax<Cache>): Notation {
  const { mayBeOfUse = mayHoldLaunch } = syntax;
  return {
    ...traits,
    find(text, cache): LaunchFile {
      const found = mayBeOfUse(text)
        ? syntax.find(text, (cache as Cache | undefined) ?? syntax.newCache())
        : NOTHING_FOUND;
      const launches = [...found.launches].sort((a, b) => a.span.start - b.span.start);
      const { builds, problems } = found;
      return { notation: traits, text, launches, problems, ...(builds && { builds }) };
    },
    newCache: syntax.newCache,
    ...(syntax.partsOf && { partsOf: syntax.partsOf }),
    ...(syntax.imageLaunch && { imageLaunch: syntax.imageLaunch }),
    ...(syntax.portsBeside && { portsBeside: syntax.portsBeside }),
    ...(syntax.outline && { outline: syntax.outline }),
    ...(syntax.isYaml && { names: anchorsIn }),
    cursorAt(file, offset) {
      // Variables may be between an entry point and its command, inside the launch.
      const variable = variableInContainer(file, offset, syntax.variablePlace);
      if (variable) return variable;
      const launch = launchAround(file, offset);
      if (!launch) return undefined;
      return (launch.form.kind === "list" ? cursorInList : cursorInShell)(file, launch, offset);
    },
    writeVariable: (text, _launch, change) => writeVariableInContainer(syntax, text, change),
    write: (text, launch, change) =>
      launch.form.kind === "list"
        ? writeInList(text, launch, withEscapes(change, syntax.escaped))
        : writeInShell(text, launch, change),
    flagText: (name) => name,
    ...INSERTING,
    switchWords: [],
  };
}

/** A change whose words are escaped, as a notation that interprets dollars needs them. */
function withEscapes(change: LaunchChange, escaped: ShellInContainer["escaped"]): LaunchChange {
  if (!escaped) return change;
  if (change.kind === "set" || change.kind === "add") return { ...change, words: change.words.map(escaped) };
  return change.kind === "setWord" ? { ...change, to: escaped(change.to) } : change;
}

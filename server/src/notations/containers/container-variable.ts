/** Writes changes of variables in container files: in `ENV`, `environment:` or `env:`, and in their shell commands. */
import type { TextChange } from "../../launch/launch";
import type { VariableChange } from "../../launch/launch-change";
import { writeVariableInDockerfile } from "../dockerfile/write-variable";
import { writeVariableInShell } from "../shell/write-variable";
import { type PlacedVariable, placedChange } from "../written-variable";
import { writeVariableInYaml } from "../yaml-text/write-variable";

const writeYaml = writeVariableInYaml({ strings: true, references: true });

/** How shell text is written in a container file. */
export interface ShellInContainer {
  readonly isYaml: boolean;
  /** Escapes the characters of shell text that the file interprets. */
  readonly escaped?: (written: string) => string;
}

/** The edits of a change, in the syntax in which the variable is written. */
export function writeVariableInContainer(
  { isYaml, escaped }: ShellInContainer,
  text: string,
  change: VariableChange,
): TextChange[] {
  const placed = placedChange(change);
  if (!placed) return [];
  switch (placed.variable.place.form.kind) {
    case "instruction":
      return writeVariableInDockerfile(text, placed.variable, placed.change);
    case "entry":
    case "item":
    case "named":
      return writeYaml(text, placed.variable, placed.change);
    case "element":
      return [];
    default: {
      const edits = writeVariableInShell(text, placed.variable, placed.change);
      if (isYaml && edits.some(({ newText }) => endsScalar(newText, placed.variable))) return [];
      return escaped ? edits.map(({ span, newText }) => ({ span, newText: escaped(newText) })) : edits;
    }
  }
}

/** Whether YAML would read a comment or a key in the text, because it has no quotes of its own. */
function endsScalar(written: string, { place: { form } }: PlacedVariable): boolean {
  if (!("quoting" in form)) return false;
  return !form.quoting.some((one) => one.startsWith("yaml")) && /\s#|:(?:\s|$)/.test(written);
}

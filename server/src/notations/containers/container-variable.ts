/** Writes changes of variables in container files: in `ENV`, `environment:` or `env:`, and in the shell commands they run. */
import type { NotationId, TextChange, VariableChange } from "../../launch/launch";
import { writeVariableInDockerfile } from "../dockerfile/write-variable";
import { writeVariableInShell } from "../shell/write-variable";
import { type PlacedVariable, placedChange } from "../written-variable";
import { writeVariableInYaml } from "../yaml-text/write-variable";

const writeYaml = writeVariableInYaml({ strings: true, references: true });

/** The edits of a change, in whatever syntax of the file the variable is written. */
export function writeVariableInContainer(id: NotationId, text: string, change: VariableChange): TextChange[] {
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
      if (edits.some(({ newText }) => endsScalar(newText, placed.variable, id))) return [];
      return edits.map(({ span, newText }) => ({ span, newText: withDollars(newText, id) }));
    }
  }
}

/** Whether YAML would see a comment or a key in what is written, where no quotes of its own are around it. */
function endsScalar(written: string, { place: { form } }: PlacedVariable, id: NotationId): boolean {
  if (id === "dockerfile" || !("quoting" in form)) return false;
  return !form.quoting.some((one) => one.startsWith("yaml")) && /\s#|:(?:\s|$)/.test(written);
}

/** Compose takes every dollar for its own, Kubernetes one before a parenthesis; two of them are one. */
function withDollars(written: string, id: NotationId): string {
  if (id === "compose") return written.replaceAll("$", "$$$$");
  return id === "kubernetes" ? written.replace(/\$(?=[$(])/g, "$$$$") : written;
}

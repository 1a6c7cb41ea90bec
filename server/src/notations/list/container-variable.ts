/** Writes changes of variables in container files: in `ENV`, `environment:` or `env:`, and in the shell commands they run. */
import type { NotationId, TextChange, VariableChange } from "../../launch/launch";
import { writeVariableInDockerfile } from "../dockerfile/write-variable";
import { writeVariableInShell } from "../shell/write-variable";
import { placedChange } from "../written-variable";
import { writeVariableInYaml } from "../yaml/write-variable";

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
    default:
      return writeVariableInShell(text, placed.variable, placed.change).map(({ span, newText }) => ({
        span,
        newText: withDollars(newText, id),
      }));
  }
}

/** Compose takes every dollar for its own, Kubernetes one before a parenthesis; two of them are one. */
function withDollars(written: string, id: NotationId): string {
  if (id === "compose") return written.replaceAll("$", "$$$$");
  return id === "kubernetes" ? written.replace(/\$(?=[$(])/g, "$$$$") : written;
}

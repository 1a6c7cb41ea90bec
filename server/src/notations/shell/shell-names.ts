/** The variables of a script: where it sets them, and where it uses them. */
import { BeyondBounds } from "../../launch/bounds";
import { spanFrom } from "../../launch/launch";
import { withoutMark } from "../../launch/lines";
import { NameCollector, type TextName } from "../text-names";
import { forEachChild, parseShell, type ShellNode } from "./shell-parser";

const NAME = /^[A-Za-z_]\w*$/;
/** Programs of the shell whose words are names that they set, and those whose words are only names. */
const SETTING = new Set(["read", "mapfile", "readarray", "getopts"]);
const NAMING = new Set(["export", "readonly", "declare", "typeset", "local", "unset"]);

/** The variables of a script; none if it cannot be read. */
export function shellNames(text: string): readonly TextName[] {
  const names = new NameCollector("variable");
  const script = withoutMark(text);
  try {
    const parsed = parseShell(script);
    if (parsed) visit(parsed as ShellNode);
  } catch (error) {
    if (!(error instanceof BeyondBounds)) throw error;
  }
  return names.names();

  function visit(node: ShellNode): void {
    collect(node);
    forEachChild(node, visit);
  }

  function collect(node: ShellNode): void {
    switch (node.type) {
      case "Assignment":
        add(node.name, node.pos, "given");
        break;
      case "For":
      case "Select":
        add(node.name.text, node.name.pos, "given");
        break;
      case "SimpleExpansion":
        add(node.text.slice(1), node.pos + 1, "used");
        break;
      case "ParameterExpansion":
        add(node.parameter.replace(/\[.*/s, ""), node.parameterPos, "used");
        break;
      case "ArithmeticWord":
        add(node.value, node.pos, "used");
        break;
      case "Command": {
        const program = node.name?.text ?? "";
        if (!SETTING.has(program) && !NAMING.has(program)) break;
        for (const word of node.args)
          if (word.type === "Word") add(word.text, word.pos, SETTING.has(program) ? "given" : "used");
      }
    }
  }

  /** A place counts only if the name is written there: some nodes are in text that was put together. */
  function add(name: string, start: number, how: "given" | "used"): void {
    if (NAME.test(name) && script.startsWith(name, start))
      names[how](name, spanFrom(start, start + name.length));
  }
}

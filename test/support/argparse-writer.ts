/** Writes flags as Python code that builds an argument parser, in one of the usual ways. */
import type { Flag } from "../../server/src/catalogue";

/** How the parser gets its flags. */
export const SHAPES = [
  "a builder",
  "a filled parameter",
  "a module",
  "a nested function",
  "helpers",
  "groups",
  "an alias",
  "a method",
] as const;

/** A style of writing. */
export interface Style {
  readonly shape: (typeof SHAPES)[number];
  readonly parser: string;
  readonly strings: "double" | "single" | "triple" | "raw" | "implicit" | "f-string";
  readonly choices: "list" | "tuple" | "set" | "constant" | "sum";
  readonly numbers: "plain" | "arithmetic";
  /** Everything of a call on one line, or each argument on its own. */
  readonly lines: "one" | "many";
}

/** The simplest style. */
export const PLAIN: Style = {
  shape: "a builder",
  parser: "parser",
  strings: "double",
  choices: "list",
  numbers: "plain",
  lines: "many",
};

/** The text of a file that adds these flags. */
export function writeParser(flags: readonly Flag[], style: Style): string {
  const constants: string[] = [];
  const half = Math.ceil(flags.length / 2);
  const calls = (some: readonly Flag[], callee: string, indent = "    ") =>
    some.map((flag) => call(flag, style, callee, constants, indent)).join("");
  const { parser } = style;
  const add = `${parser}.add_argument`;
  const made = `${parser} = argparse.ArgumentParser(description="a test's own")`;
  const body = bodyOf();
  return `import argparse\n\n${constants.join("")}\n\n${body}`;

  function bodyOf(): string {
    switch (style.shape) {
      case "a builder":
        return `def make_argument_parser():\n    ${made}\n${calls(flags, add)}    return ${parser}\n`;
      case "a filled parameter":
        return `def fill(${parser}: argparse.ArgumentParser) -> argparse.ArgumentParser:\n    """Adds the flags."""\n${calls(flags, add)}    return ${parser}\n\n\ndef make():\n    return fill(argparse.ArgumentParser())\n`;
      case "a module":
        return `${made}\n${calls(flags, add, "")}args = ${parser}.parse_args()\nprint(args)\n`;
      case "a nested function":
        return `def make():\n    ${made}\n\n    def more():\n${calls(flags.slice(half), add, "        ")}\n${calls(flags.slice(0, half), add)}    if True:\n        more()\n    return ${parser}\n`;
      case "helpers":
        return `def first(p):\n${calls(flags.slice(0, half), "p.add_argument")}\n\ndef second(target):\n${calls(flags.slice(half), "target.add_argument")}\n\ndef make():\n    ${made}\n    first(${parser})\n    second(${parser})\n    return ${parser}\n`;
      case "groups":
        return `def make():\n    ${made}\n    one = ${parser}.add_argument_group("one")\n${calls(flags.slice(0, half), "one.add_argument")}    other = one.add_mutually_exclusive_group()\n${calls(flags.slice(half), "other.add_argument")}    return ${parser}\n`;
      case "an alias":
        return `def make():\n    ${made}\n    add = ${add}\n${calls(flags, "add")}    return ${parser}\n`;
      case "a method":
        return `class Arguments:\n    @staticmethod\n    def add_to(${parser}):\n${calls(flags, add, "        ")}        return ${parser}\n`;
    }
  }
}

function call(flag: Flag, style: Style, callee: string, constants: string[], indent: string): string {
  const parts = [flag.name, ...flag.aliases].map((name) => text(name, { ...style, strings: "double" }));
  if (flag.kind === "switch") {
    parts.push(`action=${text("store_true", style)}`);
    if (flag.default !== false) parts.push(`default=${value(flag.default, style)}`);
  } else {
    if (flag.kind !== "text") parts.push(`type=${flag.kind === "integer" ? "int" : "float"}`);
    if (flag.repeat === "append") parts.push('action="append"');
    if (flag.arity === "many") parts.push('nargs="+"');
    if (flag.default !== null) parts.push(`default=${value(flag.default, style)}`);
    if (flag.choices) parts.push(`choices=${choices(flag, style, constants)}`);
  }
  parts.push(`help=${text(`what ${flag.key} does, (a test's words)`, style)}`);
  if (style.lines === "one") return `${indent}${callee}(${parts.join(", ")})\n`;
  return `${indent}${callee}(\n${parts.map((part) => `${indent}    ${part},\n`).join("")}${indent})  # ${flag.key}\n`;
}

function choices(flag: Flag, style: Style, constants: string[]): string {
  const items = (flag.choices ?? []).map((choice) => value(choice, style));
  if (style.choices === "tuple") return `(${items.map((item) => `${item},`).join(" ")})`;
  if (style.choices === "set") return `{${items.join(", ")}}`;
  const list = `[${items.join(", ")}]`;
  const name = `CHOICES_OF_${flag.key.toUpperCase()}`;
  if (style.choices === "constant") constants.push(`${name} = ${list}\n`);
  else if (style.choices === "sum") constants.push(`${name} = (${items[0]},)\n`);
  else return list;
  return style.choices === "constant" ? name : `list(${name}) + [${items.slice(1).join(", ")}]`;
}

function value(one: Flag["default"], style: Style): string {
  if (one === null) return "None";
  if (typeof one === "boolean") return one ? "True" : "False";
  if (typeof one === "string") return text(one, style);
  if (typeof one === "object") return `[${one.map((item) => value(item, style)).join(", ")}]`;
  if (style.numbers === "arithmetic" && Number.isInteger(one) && one > 1 && one % 2 === 0)
    return `${one / 2} * 2`;
  return String(one);
}

function text(one: string, { strings }: Pick<Style, "strings">): string {
  const plain = one.replaceAll("\\", "\\\\");
  const quoted = `"${plain.replaceAll('"', '\\"')}"`;
  switch (strings) {
    case "single":
      return `'${plain.replaceAll("'", "\\'")}'`;
    case "triple":
      return `"""${plain}"""`;
    case "raw":
      return /["\\]/.test(one) ? quoted : `r"${one}"`;
    case "implicit":
      return one.length < 2
        ? quoted
        : `("${one.slice(0, 1)}"\n        '${one.slice(1).replaceAll("'", "\\'")}')`;
    case "f-string":
      return `f${quoted.replace(/[{}]/g, "$&$&")}`;
    default:
      return quoted;
  }
}

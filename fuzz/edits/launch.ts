/** Damage to launches: misspelt and repeated flags, flags of other releases, values of every wrong type. */
import type { Argument, Launch, Span } from "../../server/src/launch/launch";
import { type Damage, type Edit, type EditContext, insertion } from "./edit";

/** Values that users write and that are often wrong. */
const VALUES = [
  "",
  "0",
  "-1",
  "1",
  "3",
  "8",
  "16",
  "1.5",
  "1e9",
  "nan",
  "inf",
  "99999999999999999999",
  "0x10",
  "010",
  "1_000",
  "12:30",
  "8x",
  "abc",
  "True",
  "yes",
  "null",
  "~",
  "None",
  "half",
  "[1, 2]",
  "[]",
  "{}",
  "{a: 1}",
  "- 1",
  "1,2",
  "1, 2",
  "0 1",
  "'8'",
  '"8"',
  '"',
  "'",
  "$X",
  "${X}",
  '"$X"',
  "${X:-8}",
  "${X:-}",
  "${1:-}",
  "$(nproc)",
  "`id`",
  '"$@"',
  "${A[@]}",
  "$((1+1))",
  "{{ .Values.x }}",
  "{{x}}",
  "{% if x %}",
  "*a",
  "&a 8",
  "!!int '8'",
  "<<",
  "|",
  ">",
  "\\",
  "\\\\",
  "--tp",
  "--",
  "-",
  "# x",
  "/models/a b",
  "/models/Qwen3-8B",
  "http://a:8/b?c=d&e=f",
  '{"a": [1, "b"]}',
  "=8",
  ":",
  "prefill",
  "decode",
  "模型",
  "a\tb",
  "<port>",
  "...",
  "%s",
  "f'{x}'",
] as const;

const NAMES_OF_OTHERS = [
  "--model-path",
  "--tensor-parallel-size",
  "--max-model-len",
  "--gpu-memory-utilization",
  "--dtype",
  "--help",
  "-h",
  "-tp",
  "--",
  "--no_tp",
  "--LOADWORKER",
  "--env",
  "--x-name",
  "--x-arguments",
] as const;

function someLaunch({ file, random }: EditContext): Launch | undefined {
  return file.launches.length > 0 ? random.pick(file.launches) : undefined;
}

function someArgument(context: EditContext): Argument | undefined {
  const launch = someLaunch(context);
  return launch && launch.arguments.length > 0 ? context.random.pick(launch.arguments) : undefined;
}

const replacing = ({ start, end }: Span, newText: string): Edit => ({ start, end, newText });

/** A misspelt flag name with its dashes. */
function someName({ random, catalogue }: EditContext): string {
  const { flags } = random.pick(catalogue.releases);
  const { name } = random.pick(flags);
  switch (random.below(7)) {
    case 0:
      return name.slice(0, 3 + random.below(name.length - 3));
    case 1:
      return name.replaceAll("_", "-");
    case 2: {
      const at = 2 + random.below(name.length - 2);
      return name.slice(0, at) + name.slice(at + 1);
    }
    case 3:
      return random.pick(NAMES_OF_OTHERS);
    case 4:
      return `${name}${random.pick(["=8", "=", ":", " ", "'", "s", "_", "\u00a0"])}`;
    default:
      return name;
  }
}

function someValue({ random, catalogue }: EditContext): string {
  if (random.chance(0.75)) return random.pick(VALUES);
  const { choices, words } = random.pick(random.pick(catalogue.releases).flags);
  const known = [...(choices ?? []), ...words].map(String);
  return known.length > 0 ? random.pick(known) : random.pick(VALUES);
}

const renameFlag: Damage = (context) => {
  const argument = someArgument(context);
  const name = someName(context);
  return (
    argument &&
    replacing(argument.flagSpan, argument.written.startsWith("-") ? name : name.replace(/^--?/, ""))
  );
};

/** A flag in the same style as an existing flag of the launch. */
function written(context: EditContext, launch: Launch): string {
  const [name, value] = [someName(context), someValue(context)];
  if (launch.form.kind === "mapping") return `${name.replace(/^--?/, "")}: ${value}\n`;
  if (launch.form.kind !== "list") return ` ${name} ${value} `;
  if (launch.form.style === "yaml-block") return `- ${name}\n`;
  const quote = launch.form.style === "python" && context.random.chance(0.5) ? "'" : '"';
  return ` ${quote}${name}${quote}, ${quote}${value}${quote},`;
}

const addFlag: Damage = (context) => {
  const launch = someLaunch(context);
  const argument =
    launch && context.random.chance(0.8) && context.random.pick([...launch.arguments, undefined]);
  if (!launch) return undefined;
  const at = argument
    ? context.random.chance(0.5)
      ? argument.span.start
      : argument.span.end
    : launch.span.end;
  return insertion(at, written(context, launch));
};

const setValue: Damage = (context) => {
  const argument = someArgument(context);
  return argument && replacing(argument.valueSpan, someValue(context));
};

/** Puts a value in quotes, a template or a variable. */
const wrapValue: Damage = (context) => {
  const argument = someArgument(context);
  const source = argument?.valueSource ?? "";
  const wrapped = context.random.pick([
    `"${source}"`,
    `'${source}'`,
    `[${source}]`,
    `\${X:-${source}}`,
    `"\${X:-${source}}"`,
    `$(echo ${source})`,
    `{{ ${source} }}`,
    `!!str ${source}`,
    `&b ${source}`,
    `${source} # x`,
    `f"${source}"`,
    `str(${source})`,
    `${source} ${source}`,
    `x${source}`,
    `\\${source}`,
  ]);
  return argument && replacing(argument.valueSpan, wrapped);
};

const removeArgument: Damage = (context) => {
  const argument = someArgument(context);
  return argument && replacing(argument.span, "");
};

const doubleArgument: Damage = (context) => {
  const argument = someArgument(context);
  const { random, text } = context;
  if (!argument) return undefined;
  const between = random.pick([" ", ", ", "\n", " \\\n  ", "\n  ", ""]);
  return insertion(argument.span.end, between + text.slice(argument.span.start, argument.span.end));
};

/** Joins flag and value into one word, or splits them. */
const joinArgument: Damage = ({ text, random, ...context }) => {
  const argument = someArgument({ text, random, ...context });
  if (!argument) return undefined;
  const { flagSpan, valueSpan } = argument;
  if (flagSpan.end > valueSpan.start) return undefined;
  return {
    start: flagSpan.end,
    end: valueSpan.start,
    newText: random.pick(["=", " ", ":", ": ", "", "\n", " \\\n"]),
  };
};

const renameVariable: Damage = (context) => {
  const variables = context.file.launches.flatMap(({ environment }) => environment);
  if (variables.length === 0) return undefined;
  const { nameSpan, value } = context.random.pick(variables);
  return context.random.chance(0.5)
    ? replacing(
        nameSpan,
        context.random.pick(["LOADWORKR", "x; touch p; B", "a b", "1A", "", "MOE_MODE", "LIGHTLLM_X", "é"]),
      )
    : replacing(value.span, someValue(context));
};

/** Damages the end of a line of a launch: continuation, comma, comment. */
const damageLineEnd: Damage = (context) => {
  const launch = someLaunch(context);
  const { text, random } = context;
  if (!launch) return undefined;
  const ends = [...text.slice(launch.span.start, launch.span.end).matchAll(/[ \t]*[\\,]?[ \t]*\r?\n/g)];
  if (ends.length === 0) return undefined;
  const { 0: end, index } = random.pick(ends);
  const start = launch.span.start + index;
  const newText = random.pick([
    "\n",
    " \\ \n",
    "\\\n",
    " \\\r\n",
    "\\\\\n",
    " # x \\\n",
    " \\ # x\n",
    ",\n",
    ",,\n",
    " ;\n",
    " &&\n",
    "\n\n",
  ]);
  return { start, end: start + end.length, newText };
};

export const LAUNCH_DAMAGE: readonly (readonly [number, Damage])[] = [
  [8, renameFlag],
  [8, addFlag],
  [10, setValue],
  [5, wrapValue],
  [3, removeArgument],
  [3, doubleArgument],
  [2, joinArgument],
  [2, renameVariable],
  [4, damageLineEnd],
];

/** What argparse makes of one `add_argument(…)` call. */

import type { FlagFacts, ValueKind } from "../catalogue/types";
import type { Names } from "../python/text/names";
import { bare, childrenOf, elementsOf, type PythonNode } from "../python/text/python-parser";
import { eventsAt } from "../python/text/value-flow";
import {
  holdsUnknown,
  isList,
  isMapping,
  type Mapping,
  UNKNOWN,
  Unknown,
  type Value,
} from "../python/values";
import { itemsOf } from "./builtins";
import { sourceText } from "./calls";
import { evaluate } from "./evaluate";
import { choicesOf, flagValue } from "./flag-value";

/** A flag as the parser defines it. */
export interface Option {
  /** Every spelling with its dashes, in the order of the call. */
  readonly names: readonly string[];
  /** The name that `set_defaults` uses. */
  readonly dest: string;
  readonly facts: Omit<FlagFacts, "status">;
  /** Whether the call itself sets the default. */
  readonly hasDefault: boolean;
  readonly help: string | undefined;
  /** What is known only at run time; the facts then hold `null`. */
  readonly unknown: readonly ("default" | "choices")[];
}

/** The keyword arguments of a call: explicit ones as expressions, those of a `**mapping` as values. */
interface Keywords {
  node(name: string): PythonNode | undefined;
  /** `undefined` if the call does not have it. */
  value(name: string): Value | undefined;
}

/** The flags that a call adds: none for a positional argument, two for an on/off pair (`--x`, `--no-x`). */
export function optionsOf(call: PythonNode, names: Names): Option[] {
  const list = call.getChild("ArgList");
  if (!list) return [];
  const spellings = elementsOf(list)
    .filter(({ keyword }) => !keyword)
    .flatMap(({ node, spread }) => {
      const value = evaluate(node, names);
      return spread ? itemsOf(value) : [value];
    })
    .filter((name): name is string => typeof name === "string" && /^--?[^-\s]/.test(name));
  const [first] = spellings;
  if (first === undefined) return [];
  const keywords = keywordsOf(list, names);
  const action = actionOf(keywords, names);
  if (action === "help") return [];
  const long = spellings.find((name) => name.startsWith("--")) ?? first;
  const dest = keywords.value("dest");
  const option: Option = {
    names: spellings,
    dest: typeof dest === "string" ? dest : flagKey(long).replaceAll("-", "_"),
    facts: factsOf(action, keywords, names),
    hasDefault: keywords.value("default") !== undefined,
    help: helpOf(keywords, names),
    unknown: (["default", "choices"] as const).filter((part) => isOpen(keywords, part, names)),
  };
  if (action !== "BooleanOptionalAction") return [option];
  const contrary = spellings.filter((name) => name.startsWith("--")).map((name) => `--no-${flagKey(name)}`);
  return [option, { ...option, names: contrary }];
}

function isOpen(keywords: Keywords, part: string, names: Names): boolean {
  const suppressed = lastName(keywords.node(part), names) === "SUPPRESS";
  return !suppressed && holdsUnknown(keywords.value(part) ?? null);
}

/** A flag's name without its dashes. */
export function flagKey(name: string): string {
  return name.replace(/^-+/, "");
}

function keywordsOf(list: PythonNode, names: Names): Keywords {
  const written = new Map<string, PythonNode>();
  for (const { keyword, node } of elementsOf(list))
    if (keyword) written.set(sourceText(keyword, names), node);
  const children = childrenOf(list);
  const spread = children.flatMap((child, at) => {
    const next = child.name === "**" ? children[at + 1] : undefined;
    const value = next && evaluate(next, names);
    return value && isMapping(value) ? [value] : [];
  });
  const mapping: Mapping = Object.assign({}, ...spread);
  return {
    node: (name) => written.get(name),
    value(name) {
      const node = written.get(name);
      if (node) return evaluate(node, names);
      return Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    },
  };
}

/** The last name of `argparse.BooleanOptionalAction` and the like. */
function lastName(node: PythonNode | undefined, names: Names): string {
  return node ? sourceText(bare(node), names).replace(/^.*\./s, "") : "";
}

function actionOf(keywords: Keywords, names: Names): string {
  const value = keywords.value("action");
  if (value === undefined) return "store";
  return typeof value === "string" ? value : lastName(keywords.node("action"), names);
}

const SWITCHES = new Set([
  "store_true",
  "store_false",
  "store_const",
  "append_const",
  "count",
  "version",
  "BooleanOptionalAction",
]);
/** argparse's `nargs` constants that allow more than one word. */
const SEVERAL = new Set(["REMAINDER", "PARSER", "ZERO_OR_MORE", "ONE_OR_MORE"]);
/** Default of a switch if the call sets none. */
const DEFAULTS: Readonly<Record<string, boolean>> = { store_true: false, store_false: true };

function factsOf(action: string, keywords: Keywords, names: Names): Option["facts"] {
  const nargs = keywords.value("nargs") ?? null;
  const given = keywords.value("default");
  if (SWITCHES.has(action) || nargs === 0n) {
    const fallback = DEFAULTS[action] ?? null;
    return {
      kind: "switch",
      arity: "none",
      repeat: "last",
      default: given === undefined ? fallback : flagValue(given, "switch"),
      choices: null,
    };
  }
  const kind = kindOf(keywords.node("type"), names);
  const named = SEVERAL.has(lastName(keywords.node("nargs"), names));
  const many = typeof nargs === "bigint" || (typeof nargs === "string" && nargs !== "?") || named;
  return {
    kind,
    arity: many ? "many" : "one",
    repeat: action === "append" || action === "extend" ? "append" : "last",
    default: flagValue(given ?? null, kind),
    choices: choicesOf(keywords.value("choices") ?? null),
  };
}

const KINDS: Readonly<Record<string, ValueKind>> = { int: "integer", float: "number" };

/** Any function other than Python's own `int` and `float` counts as text: it may read a word in its own way. */
function kindOf(type: PythonNode | undefined, names: Names): ValueKind {
  const node = type && bare(type);
  if (node?.name !== "VariableName" || eventsAt(names, node).events.length > 0) return "text";
  const name = sourceText(node, names);
  return Object.hasOwn(KINDS, name) ? (KINDS[name] ?? "text") : "text";
}

function helpOf(keywords: Keywords, names: Names): string | undefined {
  const value = keywords.value("help") ?? null;
  const deprecated = keywords.value("deprecated") === true ? "Deprecated. " : "";
  if (typeof value !== "string" || lastName(keywords.node("help"), names) === "SUPPRESS")
    return deprecated.trim() || undefined;
  const known = keywords.value("default") ?? UNKNOWN;
  const shown =
    known instanceof Unknown || isList(known) || isMapping(known) ? undefined : String(known ?? "None");
  const filled = shown === undefined ? value : value.replaceAll("%(default)s", shown);
  return `${deprecated}${filled.replaceAll("%%", "%").replace(/\s+/g, " ").trim()}` || undefined;
}

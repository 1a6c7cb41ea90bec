/**
 * Translates rules to JSON Schema, so that an editor with only the schema of a release reports them too. Translates
 * only conditions that a schema can express exactly: over single flags of the config, and combinations of them.
 */

import type { ValueRule } from "../catalogue/rule-facts";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import { defaultValues } from "../judgement/launch-values";
import { expression } from "../python/expression";
import type { Comparison, Link, Node } from "../python/parse-expression";
import { isList, type Value } from "../python/values";
import { configKeys } from "./flags";

type Schema = { readonly [keyword: string]: unknown };

/** A condition on a config, as two schemas: one matches if it is certainly true, the other if it is certainly false. */
interface Certain {
  readonly holds: Schema | undefined;
  readonly fails: Schema | undefined;
}

const UNSAID: Certain = { holds: undefined, fails: undefined };
const SERVING = ["normal", "prefill", "decode"];
/** `true`, and the words that are booleans in YAML 1.1 but strings in YAML 1.2. */
const ON = [true, "yes", "Yes", "YES", "on", "On", "ON"];

/**
 * The rules of a release that a schema can express: each is an `if` that no accepted config matches, with the rule's
 * code.
 */
export function schemaConditions(release: Release, catalogue: Catalogue): Schema[] {
  const rules = new Map<string, ValueRule>(catalogue.valueRules().map((rule) => [rule.id, rule]));
  const found: Schema[] = [];
  const serving = translator(release, new Set()).translate(
    expression('run_mode in ["normal", "prefill", "decode"]').tree,
  );
  const replaced = new Set<string>();
  for (const step of catalogue.startup(release).normal ?? []) {
    for (const [name] of step.set ?? []) replaced.add(name);
    const rule = rules.get(step.id);
    if (!step.refuses || !rule || step.when === undefined) continue;
    const condition = translator(release, replaced).translate(expression(step.when).tree);
    if (condition.holds) found.push(violation(rule, both(serving, condition).holds));
  }
  for (const rule of rules.values()) {
    if (rule.effect !== "fails-later" || rule.confidence || rule.each) continue;
    for (const one of rule.cases ?? []) {
      if (!one.releases.includes(release.rulesOf)) continue;
      const modes = expression(`run_mode in ${JSON.stringify(one.modes ?? SERVING)}`);
      const translate = translator(release, replaced);
      const condition = both(translate.translate(modes.tree), translate.translate(expression(one.if).tree));
      if (condition.holds) found.push(violation(rule, condition.holds));
    }
  }
  return found;
}

function violation({ id, title }: ValueRule, condition: Schema | undefined): Schema {
  return {
    $comment: id,
    if: { type: "object", ...condition },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, in data that is never awaited
    then: { not: {}, errorMessage: `${title} (${id})` },
  };
}

/** Translates conditions over the flags of a release; a flag that the start-up may replace is skipped. */
function translator(release: Release, replaced: ReadonlySet<string>) {
  return { translate };

  function translate(node: Node): Certain {
    switch (node.kind) {
      case "not":
        return swapped(translate(node.value));
      case "logic": {
        const [left, right] = [translate(node.left), translate(node.right)];
        return node.operator === "and" ? both(left, right) : swapped(both(swapped(left), swapped(right)));
      }
      case "name":
        return switchIsOn(node.name);
      case "comparison": {
        const [link] = node.links;
        return node.links.length === 1 && link ? comparison(node.first, link) : UNSAID;
      }
      case "call": {
        const [only] = node.values;
        return node.name === "any" && only?.kind === "comprehension" ? anyItem(only) : UNSAID;
      }
      default:
        return UNSAID;
    }
  }

  function flagOf(node: Node): Flag | undefined {
    if (node.kind !== "name" || replaced.has(node.name)) return undefined;
    return release.byName.get(`--${node.name}`);
  }

  function switchIsOn(name: string): Certain {
    const flag = flagOf({ kind: "name", name });
    if (flag?.kind !== "switch" || flag.default !== false) return UNSAID;
    const holds = has(flag, { enum: ON });
    return { holds, fails: { not: holds } };
  }

  function comparison(first: Node, { operator, right }: Link): Certain {
    if (operator === "in" || operator === "not in") {
      const member = membership(first, right);
      return operator === "in" ? member : swapped(member);
    }
    const flag = flagOf(first);
    if (!flag || flag.kind === "switch" || flag.arity !== "one" || right.kind !== "constant") return UNSAID;
    if (operator === "is" || operator === "is not") {
      const isNone = right.value === null ? valueIsNone(flag) : UNSAID;
      return operator === "is" ? isNone : swapped(isNone);
    }
    const holds = literal(operator, right.value);
    const fails = literal(OPPOSITE[operator], right.value);
    return holds && fails ? valueIs(flag, holds, fails) : UNSAID;
  }

  /** `x in [1, 2]` for a flag with one value, `"x" in flag` for one with several. */
  function membership(first: Node, right: Node): Certain {
    const flag = flagOf(first);
    const words = constants(right);
    if (flag && flag.kind !== "switch" && flag.arity === "one" && words)
      return valueIs(
        flag,
        { schema: { enum: words.map(plain) }, test: (value) => words.some((word) => word === value) },
        {
          schema: { not: { enum: words.map(plain) } },
          test: (value) => !words.some((word) => word === value),
        },
      );
    const list = flagOf(right);
    if (list?.arity !== "many" || first.kind !== "constant") return UNSAID;
    return listHas(list, { const: plain(first.value) }, (item) => item === first.value);
  }

  /** `any(item not in […] for item in flag)`. */
  function anyItem({ item, name, list, test }: Extract<Node, { kind: "comprehension" }>): Certain {
    const flag = flagOf(list);
    const link = item.kind === "comparison" && item.links.length === 1 ? item.links[0] : undefined;
    if (flag?.arity !== "many" || test || item.kind !== "comparison" || !link) return UNSAID;
    const words = constants(link.right);
    if (item.first.kind !== "name" || item.first.name !== name || !words || link.operator !== "not in")
      return UNSAID;
    return listHas(
      flag,
      { not: { enum: words.map(plain) } },
      (value) => !words.some((word) => word === value),
    );
  }

  function listHas(flag: Flag, item: Schema, test: (item: Value) => boolean): Certain {
    const usual = defaultValues(release).get(flag.key) ?? null;
    const words = { type: ["string", "number"], ...item };
    const holds = has(flag, { anyOf: [words, { type: "array", contains: item }] });
    const some = isList(usual) && usual.some(test);
    return { holds: some ? { anyOf: [holds, absent(flag)] } : holds, fails: undefined };
  }

  function valueIsNone(flag: Flag): Certain {
    const none = defaultValues(release).get(flag.key) === null;
    const given = has(flag, { type: ["string", "number"] });
    return { holds: none ? absent(flag) : undefined, fails: none ? given : {} };
  }

  function valueIs(flag: Flag, holds: Test, fails: Test): Certain {
    const usual = defaultValues(release).get(flag.key) ?? null;
    const types = flag.kind === "text" ? ["string"] : ["number"];
    const where = ({ schema, test }: Test) => {
      const written = has(flag, { allOf: [{ type: types }, schema] });
      return test(usual) ? { anyOf: [written, absent(flag)] } : written;
    };
    return { holds: where(holds), fails: where(fails) };
  }
}

/** A condition on one value: as a schema for the written value, and as a test of the default. */
interface Test {
  readonly schema: Schema;
  test(value: Value): boolean;
}

const OPPOSITE: Readonly<
  Record<Exclude<Comparison, "in" | "not in" | "is" | "is not">, (typeof ORDERED)[number]>
> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

const ORDERED = ["==", "!=", "<", "<=", ">", ">="] as const;

function literal(operator: (typeof ORDERED)[number], to: Value): Test | undefined {
  const numeric = typeof to === "bigint" || typeof to === "number";
  const number = (value: Value) =>
    typeof value === "bigint" || typeof value === "number" ? Number(value) : undefined;
  const compare = (test: (value: number, limit: number) => boolean) => (value: Value) => {
    const [a, b] = [number(value), number(to)];
    return a !== undefined && b !== undefined && test(a, b);
  };
  switch (operator) {
    case "==":
      return { schema: { const: plain(to) }, test: (value) => plain(value) === plain(to) };
    case "!=":
      return { schema: { not: { const: plain(to) } }, test: (value) => plain(value) !== plain(to) };
    case "<":
      return numeric
        ? { schema: { exclusiveMaximum: Number(to) }, test: compare((a, b) => a < b) }
        : undefined;
    case "<=":
      return numeric ? { schema: { maximum: Number(to) }, test: compare((a, b) => a <= b) } : undefined;
    case ">":
      return numeric
        ? { schema: { exclusiveMinimum: Number(to) }, test: compare((a, b) => a > b) }
        : undefined;
    case ">=":
      return numeric ? { schema: { minimum: Number(to) }, test: compare((a, b) => a >= b) } : undefined;
  }
}

/** The constants of a list that has only constants. */
function constants(node: Node): Value[] | undefined {
  if (node.kind !== "list") return undefined;
  const values = node.items.map((item) => (item.kind === "constant" ? item.value : undefined));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function plain(value: Value): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

/** A config that sets the flag, under any of its names, to such a value. */
function has(flag: Flag, value: Schema): Schema {
  const each = configKeys(flag).map((name) => ({ required: [name], properties: { [name]: value } }));
  return each.length === 1 ? (each[0] as Schema) : { anyOf: each };
}

/** A config that omits the flag. */
function absent(flag: Flag): Schema {
  return { not: has(flag, { not: { enum: [null, false] } }) };
}

function swapped({ holds, fails }: Certain): Certain {
  return { holds: fails, fails: holds };
}

function both(a: Certain, b: Certain): Certain {
  const parts = [a.fails, b.fails].filter((part) => part !== undefined);
  return {
    holds: a.holds && b.holds ? { allOf: [...partsOf(a.holds), ...partsOf(b.holds)] } : undefined,
    fails: parts.length > 1 ? { anyOf: parts } : parts[0],
  };
}

function partsOf(schema: Schema): readonly unknown[] {
  return Object.keys(schema).length === 1 && Array.isArray(schema.allOf) ? schema.allOf : [schema];
}

/**
 * Evaluates Python expressions over the values of a launch, written as in LightLLM's own start-up code. An unknown
 * value makes the result unknown, unless the other values decide it.
 *
 * `env.NAME` is an environment variable, `config.key` a key of the model's config.json, `code.fact` what
 * LightLLM's code for this type of model demands (schemas/model-code), `given(flag)` whether a flag is
 * written, `has(config.key)` whether config.json has the key, even as `null`, `words(flag)` the words that LightLLM accepts for it, `known(x)` whether a value is known, `since("v1.2.0")`
 * whether the judging release is that one or a later one. Every other plain name is a flag, a fact about the model, or
 * a variable of a comprehension.
 */
import { FUNCTIONS, METHODS } from "./functions";
import * as python from "./operations";
import { type Comparison, type Node, parseExpression, subexpressions } from "./parse-expression";
import { holdsUnknown, isList, PythonError, show, truth, UNKNOWN, Unknown, type Value } from "./values";

/** Values of the names in an expression. */
export interface ExpressionScope {
  /** The value of a plain name: a flag without its dashes, or a fact. @throws PythonError if reading it fails. */
  value(name: string): Value;
  /** Whether a flag is written in the launch. */
  given(flag: string): Value;
  /** Whether the judging release is this one or a later one. */
  since(release: string): Value;
  /** The words LightLLM accepts for a flag whose parser accepts any. */
  words(flag: string): Value;
  /** An environment variable of the launch. */
  environment(name: string): Value;
  /** A key of the model's config.json. */
  config(key: string): Value;
  /** What the code of the release demands of this type of model: a fact of schemas/model-code. */
  code(fact: string): Value;
  /** Whether the model's config.json has a key, even as `null`. */
  has(key: string): Value;
}

/** A parsed expression. */
export interface Expression {
  /** Source text. */
  readonly source: string;
  readonly tree: Node;
  /** The plain names in it, each once, without the variables of comprehensions. */
  readonly names: readonly string[];
  /** Whether it reads the model's config.json. */
  readonly readsConfig: boolean;
  /** The environment variables in it. */
  readonly variables: readonly string[];
  /** @throws PythonError if Python would raise. */
  evaluate(scope: ExpressionScope): Value;
}

const read = new Map<string, Expression>();

/** Parses an expression; results are cached by text. @throws ExpressionError that names the place. */
export function expression(source: string): Expression {
  let made = read.get(source);
  if (!made) {
    const tree = parseExpression(source);
    const evaluate = compile(tree);
    const attributes = attributesIn(tree);
    made = {
      source,
      tree,
      names: [...namesIn(tree)],
      readsConfig: attributes.some(({ object }) => object !== "env"),
      variables: attributes.flatMap(({ object, name }) => (object === "env" ? [name] : [])),
      evaluate: (scope) => evaluate(scope, NONE),
    };
    read.set(source, made);
  }
  return made;
}

/** The value of an expression; unknown if Python raises. */
export function valueOrUnknown(value: Expression, scope: ExpressionScope): Value {
  try {
    return value.evaluate(scope);
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

/** Values of comprehension variables. */
type Bound = ReadonlyMap<string, Value>;
const NONE: Bound = new Map();

type Evaluate = (scope: ExpressionScope, bound: Bound) => Value;

function compile(node: Node): Evaluate {
  switch (node.kind) {
    case "constant": {
      const { value } = node;
      return () => value;
    }
    case "name": {
      const { name } = node;
      return (scope, bound) => bound.get(name) ?? scope.value(name);
    }
    case "attribute": {
      const { name } = node;
      if (node.object === "env") return (scope) => scope.environment(name);
      return node.object === "code" ? (scope) => scope.code(name) : (scope) => scope.config(name);
    }
    case "list": {
      const items = node.items.map(compile);
      return (scope, bound) => items.map((item) => item(scope, bound));
    }
    case "comprehension":
      return compileComprehension(node);
    case "not": {
      const value = compile(node.value);
      return (scope, bound) => python.not(truth(value(scope, bound)));
    }
    case "logic":
      return compileLogic(compile(node.left), compile(node.right), node.operator === "or");
    case "comparison":
      return compileComparison(node);
    case "arithmetic": {
      const [left, right] = [compile(node.left), compile(node.right)];
      const { operator } = node;
      return (scope, bound) => python.arithmetic(operator, left(scope, bound), right(scope, bound));
    }
    case "negative": {
      const value = compile(node.value);
      return (scope, bound) => python.negated(value(scope, bound));
    }
    case "choice":
      return compileChoice(node);
    case "item": {
      const [value, at] = [compile(node.value), compile(node.at)];
      return (scope, bound) => python.item(value(scope, bound), at(scope, bound));
    }
    case "slice": {
      const [value, from, to] = [compile(node.value), compile(node.from), compile(node.to)];
      return (scope, bound) => python.slice(value(scope, bound), from(scope, bound), to(scope, bound));
    }
    case "call":
      return compileCall(node);
    case "method":
      return compileMethod(node);
  }
}

function compileComprehension(node: Extract<Node, { kind: "comprehension" }>): Evaluate {
  const [item, list, test] = [compile(node.item), compile(node.list), node.test && compile(node.test)];
  return (scope, bound) => {
    const values = list(scope, bound);
    if (values instanceof Unknown) return values;
    if (!isList(values)) throw new PythonError(`'${show(values)}' is not iterable`);
    const found: Value[] = [];
    for (const value of values) {
      const inner = new Map(bound).set(node.name, value);
      const wanted = test ? truth(test(scope, inner)) : true;
      if (wanted instanceof Unknown) return UNKNOWN;
      if (wanted) found.push(item(scope, inner));
    }
    return found;
  };
}

/** `and` and `or`: a side that decides the result does so even if the other is unknown. */
function compileLogic(left: Evaluate, right: Evaluate, deciding: boolean): Evaluate {
  return (scope, bound) => {
    const first = left(scope, bound);
    const holds = truth(first);
    if (holds === deciding) return first;
    if (!(holds instanceof Unknown)) return right(scope, bound);
    const second = perhaps(right, scope, bound);
    return second !== undefined && truth(second) === deciding ? second : UNKNOWN;
  };
}

function compileComparison({ first, links }: Extract<Node, { kind: "comparison" }>): Evaluate {
  const start = compile(first);
  const rest = links.map(({ operator, right }) => ({
    compare: COMPARISONS[operator],
    right: compile(right),
  }));
  return (scope, bound) => {
    let left = start(scope, bound);
    let result: python.Truth = true;
    for (const { compare, right } of rest) {
      const value = right(scope, bound);
      const holds = compare(left, value);
      if (holds === false) return false;
      if (holds !== true) result = holds;
      left = value;
    }
    return result;
  };
}

const COMPARISONS: Readonly<Record<Comparison, (a: Value, b: Value) => python.Truth>> = {
  "==": python.equal,
  "!=": (a, b) => python.not(python.equal(a, b)),
  "<": (a, b) => python.order("<", a, b),
  "<=": (a, b) => python.order("<=", a, b),
  ">": (a, b) => python.order(">", a, b),
  ">=": (a, b) => python.order(">=", a, b),
  in: (a, b) => python.contains(b, a),
  "not in": (a, b) => python.not(python.contains(b, a)),
  is: identical,
  "is not": (a, b) => python.not(identical(a, b)),
};

function identical(a: Value, b: Value): python.Truth {
  return a instanceof Unknown || b instanceof Unknown ? UNKNOWN : a === b;
}

function compileChoice(node: Extract<Node, { kind: "choice" }>): Evaluate {
  const [condition, value, otherwise] = [
    compile(node.condition),
    compile(node.value),
    compile(node.otherwise),
  ];
  return (scope, bound) => {
    const holds = truth(condition(scope, bound));
    if (!(holds instanceof Unknown)) return holds ? value(scope, bound) : otherwise(scope, bound);
    const [first, second] = [perhaps(value, scope, bound), perhaps(otherwise, scope, bound)];
    const same = first !== undefined && second !== undefined && python.equal(first, second) === true;
    return same && typeof first === typeof second ? first : UNKNOWN;
  };
}

/** The value of a part that Python may not evaluate; `undefined` if it would raise. */
function perhaps(part: Evaluate, scope: ExpressionScope, bound: Bound): Value | undefined {
  try {
    return part(scope, bound);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** The names of the functions that expressions may call. */
export const FUNCTION_NAMES: readonly string[] = [
  "given",
  "has",
  "known",
  "since",
  "words",
  ...Object.keys(FUNCTIONS),
];

function compileCall({ name, values }: Extract<Node, { kind: "call" }>): Evaluate {
  const [only] = values;
  if (name === "since" && only?.kind === "constant") {
    const release = String(only.value);
    return (scope) => scope.since(release);
  }
  if (name === "has" && only?.kind === "attribute") {
    const key = only.name;
    return (scope) => scope.has(key);
  }
  if (name === "known" && only) {
    const value = compile(only);
    return (scope, bound) => !holdsUnknown(perhaps(value, scope, bound) ?? UNKNOWN);
  }
  if (name === "words" && only?.kind === "name") {
    const flag = only.name;
    return (scope) => scope.words(flag);
  }
  if (name === "given" && only?.kind === "name") {
    const flag = only.name;
    // In a rule with `each`, `flag` is the current flag.
    return (scope) => scope.given(flag === "flag" ? show(scope.value("flag")).replace(/^--/, "") : flag);
  }
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!called) return () => UNKNOWN;
  const items = values.map(compile);
  return (scope, bound) => called(...items.map((item) => item(scope, bound)));
}

function compileMethod(node: Extract<Node, { kind: "method" }>): Evaluate {
  const [value, argument] = [compile(node.value), compile(node.argument)];
  const method = METHODS[node.name];
  if (!method) return () => UNKNOWN;
  return (scope, bound) => method(value(scope, bound), argument(scope, bound));
}

function attributesIn(node: Node): Extract<Node, { kind: "attribute" }>[] {
  return node.kind === "attribute" ? [node] : subexpressions(node).flatMap(attributesIn);
}

/** Adds the names in an expression to `found`, without those of comprehensions around it. */
function namesIn(node: Node, bound: readonly string[] = [], found = new Set<string>()): Set<string> {
  switch (node.kind) {
    case "constant":
    case "attribute":
      break;
    case "name":
      if (!bound.includes(node.name)) found.add(node.name);
      break;
    case "comprehension": {
      const inner = [...bound, node.name];
      namesIn(node.list, bound, found);
      namesIn(node.item, inner, found);
      if (node.test) namesIn(node.test, inner, found);
      break;
    }
    default:
      for (const part of subexpressions(node)) namesIn(part, bound, found);
  }
  return found;
}

/** The parsed arguments of a launch: written values, and the defaults of the release. */
import type { Flag, Release } from "../catalogue/types";
import type { Launch } from "../launch/launch";
import { type Origin, originsOf, partsOfWord } from "../launch/origin";
import type { Counts } from "../launch/site";
import { readInteger, readNumber } from "../python/numbers";
import { UNKNOWN, type Value } from "../python/values";
import type { Assignment, Fault, ParsedArguments } from "./argparse";
import { assignmentsMeant, guessName, wordsMeant } from "./meant";
import { fold } from "./nearest";
import type { RuleContext } from "./rules/rule";

/** The arguments of a launch as Python values, by flag without dashes. */
export interface Written {
  /** Written values; a refused value counts as its certain meaning, or else as unknown. */
  readonly values: ReadonlyMap<string, Value>;
  /** Whether unknown words may contain more flags: `$EXTRA_ARGS`, `"$@"`. */
  readonly open: boolean;
}

/** The values that a launch's words give its flags. */
export function writtenValues({ assignments, faults, open }: ParsedArguments, context: RuleContext): Written {
  const doubted = new Set(faults.filter(isDoubtful).map(({ flag }) => flag));
  const missing = new Set(faults.flatMap((fault) => (fault.kind === "missing" ? [fault.flag] : [])));
  const values = new Map<string, Value>();
  for (const fault of faults) {
    // A misspelt flag is refused; its value stays unknown.
    const name = nameInDoubt(fault);
    const sure = assignmentsMeant(fault, context, assignments);
    const meant = name === undefined ? undefined : flagMeant(name, context.release);
    for (const one of sure) values.set(one.flag.key, valueGivenBy(one));
    if (sure.length === 0 && meant) values.set(meant.key, UNKNOWN);
  }
  for (const assignment of assignments) {
    const { flag } = assignment;
    const counted = countIn(assignment, context.launch);
    if (counted !== undefined) values.set(flag.key, BigInt(counted));
    else if (!doubted.has(flag)) values.set(flag.key, valueGivenBy(assignment));
    else if (missing.has(flag)) values.set(flag.key, UNKNOWN);
    else values.set(flag.key, valueGivenBy(wordsMeant(assignment, faults)));
  }
  return { values, open: open || faults.some(isElision) };
}

/**
 * The number of a word that is exactly a variable of the scheduler, where the text around the launch says it, or the
 * size of the array over which a loop starts the launch.
 */
function countIn(
  { flag, words: [word, another] }: Assignment,
  { invocation, course = [] }: Launch,
): number | undefined {
  if (!word || another || word.text !== undefined || flag.kind !== "integer") return undefined;
  const arrays = course.flatMap(({ rounds }) =>
    rounds?.array === undefined ? [] : ([[`\${#${rounds.array}[@]}`, rounds.count]] as const),
  );
  const counts = { ...invocation?.site?.counts, ...Object.fromEntries(arrays) };
  if (partsOfWord(word).some(({ kind }) => kind === "text")) return undefined;
  const [origin, more] = originsOf(word);
  return origin && !more ? countOf(origin, counts) : undefined;
}

function countOf(origin: Origin, counts: Counts): number | undefined {
  const numberOf = (name: string) => (Object.hasOwn(counts, name) ? counts[name]?.value : undefined);
  if (origin.from === "expression") return numberOf(origin.source);
  if (origin.from !== "variable") return undefined;
  const [value, another] = origin.value ?? [];
  if (value) return another ? undefined : countOf(value, counts);
  return origin.assigned ? undefined : numberOf(origin.name);
}

/** The environment that a launch sets, by name; unknown if the value is not known here. */
export function environmentValues({ environment }: Launch): ReadonlyMap<string, Value> {
  return new Map(environment.map(({ name, value }) => [name, value.text ?? UNKNOWN]));
}

/** "and so on", as documentation shortens a command. */
function isElision(fault: Fault): boolean {
  const word = fault.kind === "stray" || fault.kind === "surplus" ? fault.words[0]?.text : undefined;
  return word === "..." || word === "…";
}

/** A word in the place of a flag: a flag that does not exist, or one with dashes of a word processor. */
function nameInDoubt(fault: Fault): string | undefined {
  if (fault.kind === "unknown") return fault.argument.flag;
  const word = fault.kind === "stray" || fault.kind === "surplus" ? fault.words[0]?.text : undefined;
  return word && /^[\u2010-\u2015\u2212]/.test(word) ? word : undefined;
}

/** The flag that an unknown name certainly means. */
function flagMeant(name: string, release: Release): Flag | undefined {
  const folded = release.byName.get(`--${fold(name)}`);
  const [near] = folded ? [] : guessName(name, release).near;
  return folded ?? (near === undefined ? undefined : release.byName.get(near));
}

function isDoubtful(fault: Fault): fault is Extract<Fault, { kind: "missing" | "type" | "choice" }> {
  return fault.kind === "missing" || fault.kind === "type" || fault.kind === "choice";
}

function valueGivenBy({ flag, words }: Assignment): Value {
  if (flag.arity === "none") return true;
  if (flag.arity === "many" || flag.repeat === "append") {
    return words.some(({ splits }) => splits) ? UNKNOWN : words.map(({ text }) => convert(text, flag));
  }
  const [word] = words;
  // `--flag=--` leaves no value: argparse passes an empty list.
  return word ? convert(word.text, flag) : [];
}

/** The value that one word gives to a flag. */
export function givenValue(text: string, flag: Flag): Value {
  const value = convert(text, flag);
  return flag.arity === "many" || flag.repeat === "append" ? [value] : value;
}

/** A word converted to the flag's type. */
function convert(text: string | undefined, flag: Flag): Value {
  if (text === undefined) return UNKNOWN;
  if (flag.kind === "integer") return readInteger(text) ?? UNKNOWN;
  return flag.kind === "number" ? (readNumber(text) ?? UNKNOWN) : text;
}

const defaults = new WeakMap<Release, ReadonlyMap<string, Value>>();

/** The default of every flag of a release, by flag without dashes. */
export function defaultValues(release: Release): ReadonlyMap<string, Value> {
  let values = defaults.get(release);
  if (!values) {
    values = new Map(release.flags.map((flag) => [flag.key, defaultOf(flag)]));
    defaults.set(release, values);
  }
  return values;
}

function defaultOf(flag: Flag): Value {
  const integers = flag.kind === "integer";
  const one = (value: string | number | boolean | null): Value =>
    typeof value === "number" && integers ? BigInt(value) : value;
  const { default: value } = flag;
  return typeof value === "object" && value !== null ? value.map(one) : one(value);
}

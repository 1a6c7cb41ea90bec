/** The places of a name: anchors, variables, and `${NAME}` with the place that sets it. */
import type { LaunchDocument } from "../../analysis/document";
import {
  type Argument,
  type Launch,
  type Span,
  spanFrom,
  touches,
  type Word,
  writtenFor,
} from "../../launch/launch";
import { type Origin, originsOf } from "../../launch/origin";
import { rememberedFor } from "../../launch/remembered";
import type { TextName } from "../../notations/text-names";
import { wholeName } from "./whole-name";

/** A name with all its places. */
export interface Named {
  readonly kind: TextName["kind"] | "environment" | "launch";
  readonly name: string;
  /** Where it is set; the first one is the one to go to. */
  readonly given: readonly Span[];
  readonly used: readonly Span[];
}

/** A name at a place. */
export interface NamedAt {
  readonly named: Named;
  readonly span: Span;
}

/** The name at an offset. */
export function nameAt(launchDocument: LaunchDocument, offset: number): NamedAt | undefined {
  for (const named of allNames(launchDocument)) {
    const span = [...named.given, ...named.used].find((one) => touches(one, offset));
    if (span) return { named, span };
  }
  return undefined;
}

/** The names of a document: those of its text, and the variables that its launches set and use. */
export const allNames = rememberedFor((launchDocument: LaunchDocument): readonly Named[] => {
  const { file, notation } = launchDocument;
  if (file.launches.length === 0) return [];
  const own = notation.names?.(file.text) ?? [];
  const taken = own.flatMap(({ given, used }) => [...given, ...used]);
  const isTaken = ({ start }: Span) => taken.some((one) => one.start === start);
  const environment = variablesOf(launchDocument).filter(
    ({ given, used }) => !given.some(isTaken) && !used.some(isTaken),
  );
  return [...own, ...environment, ...launchNames(launchDocument)];
});

const LAUNCH_NAME = /^x-name[ \t]*:[ \t]+(["']?)([\w.-]+)\1[ \t]*(?:#.*)?$/m;

/** The names that configs give their launches. */
function launchNames({ file }: LaunchDocument): Named[] {
  return file.launches.flatMap(({ form, name, span }) => {
    const found = form.kind === "mapping" && LAUNCH_NAME.exec(file.text.slice(span.start, span.end));
    if (!found || name === undefined || found[2] !== name) return [];
    const start = span.start + found.index + found[0].indexOf(name, "x-name".length);
    return [{ kind: "launch", name, given: [spanFrom(start, start + name.length)], used: [] }];
  });
}

/** The variables that launches set and use. */
function variablesOf({ file }: LaunchDocument): Named[] {
  const found: { name: string; launch: Launch; given: Map<number, Span>; used: Map<number, Span> }[] = [];
  const of = (launch: Launch, name: string, assigned: Span | undefined) => {
    const known = found.find((one) => {
      if (one.name !== name) return false;
      if (assigned && [...one.given.values()].some((span) => isNear(span, assigned))) return true;
      return one.launch === launch && (!assigned || one.given.size === 0);
    });
    if (known) return known;
    const made = { name, launch, given: new Map<number, Span>(), used: new Map<number, Span>() };
    found.push(made);
    return made;
  };
  for (const launch of file.launches) {
    for (const { name, nameSpan } of launch.environment)
      if (file.text.startsWith(name, nameSpan.start))
        of(launch, name, nameSpan).given.set(nameSpan.start, nameSpan);
    const words: WithOrigins[] = [
      ...writtenFor(launch).flatMap(wordsOf),
      ...launch.environment.map(({ value }) => value),
    ];
    for (const { origin, within } of words.flatMap(originsWithin)) {
      const variable = variableOf(origin);
      const use = variable && placeOfName(file.text, origin.span ?? within(origin), variable.name);
      // In a config, nothing but its own `env` can be meant; elsewhere the file may leave a variable to its surroundings.
      const isOwn = launch.form.kind === "mapping" || variable?.assigned !== undefined;
      if (variable && use && isOwn) of(launch, variable.name, variable.assigned).used.set(use.start, use);
    }
  }
  return found.map(({ name, given, used }) => ({
    kind: "environment",
    name,
    given: [...given.values()],
    used: [...used.values()],
  }));
}

type WithOrigins = Pick<Word, "origins" | "parts"> & Partial<Pick<Word, "span" | "source">>;

function wordsOf({ words, flagOrigins = [] }: Argument): WithOrigins[] {
  return [...words, { origins: flagOrigins }];
}

/** The origins of a word; `within` finds one whose place is not given, by how it is written. */
function originsWithin(word: WithOrigins) {
  const from = new Map<string, number>();
  const within = ({ source }: Origin): Span | undefined => {
    const at = word.source?.indexOf(source, from.get(source) ?? 0) ?? -1;
    if (at < 0 || !word.span || word.span.end - word.span.start !== word.source?.length) return undefined;
    from.set(source, at + 1);
    return spanFrom(word.span.start + at, word.span.start + at + source.length);
  };
  return withValues(originsOf(word)).map((origin) => ({ origin, within }));
}

/** An origin, and those of its value. */
function withValues(origins: readonly Origin[]): Origin[] {
  return origins.flatMap((origin) => [
    origin,
    ...(origin.from === "variable" && origin.value ? withValues(origin.value) : []),
  ]);
}

function variableOf(origin: Origin) {
  if (origin.from === "variable" || origin.from === "default") return origin;
  return origin.from === "expression" ? origin.of : undefined;
}

/** The place of a name in `$NAME`, `${NAME:-8}`, `$(NAME)`. */
function placeOfName(text: string, span: Span | undefined, name: string): Span | undefined {
  if (!span) return undefined;
  const at = text.slice(span.start, span.end).search(wholeName(name));
  return at < 0 ? undefined : spanFrom(span.start + at, span.start + at + name.length);
}

function isNear(name: Span, assigned: Span | undefined): boolean {
  return assigned !== undefined && (touches(assigned, name.start) || touches(name, assigned.start));
}

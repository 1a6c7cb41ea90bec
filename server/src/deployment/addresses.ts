/** Addresses that launches listen on and call: when two are certainly the same, or certainly not. */
import type { Word } from "../launch/launch";
import { type Origin, originsOf, partsOfWord } from "../launch/origin";
import { isLoopbackName } from "../launch/site";
import type { Member } from "./deployment";
import { factsOf, type LaunchFacts } from "./launch-facts";

/** The host in a launch's flag. */
export interface Address {
  /** The host as text, if it is known. */
  readonly text: string | undefined;
  /** Equal for two addresses that are certainly the same: the same text, or the same variables. */
  readonly key: string;
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Whether it means every address of the machine. */
export function isEveryAddress(text: string | undefined): boolean {
  return text === "0.0.0.0" || text === "::" || text === "[::]";
}

/** Whether it is the machine itself, which no other machine can call. */
export function isLoopback(text: string | undefined): boolean {
  return text !== undefined && isLoopbackName(text);
}

/** Whether it is the literal address of one machine. */
export function isMachineAddress(text: string | undefined): text is string {
  return text !== undefined && IPV4.test(text) && !isEveryAddress(text) && !isLoopback(text);
}

const found = new WeakMap<LaunchFacts, Map<string, Address | undefined>>();

/** The address in a flag without dashes; undefined if it is neither known nor a variable. Cached. */
export function addressIn(member: Member, flag: string): Address | undefined {
  const facts = factsOf(member);
  let addresses = found.get(facts);
  if (!addresses) {
    addresses = new Map();
    found.set(facts, addresses);
  }
  if (!addresses.has(flag)) addresses.set(flag, readAddress(member, facts, flag));
  return addresses.get(flag);
}

function readAddress(member: Member, facts: LaunchFacts, flag: string): Address | undefined {
  const value = facts.value(flag);
  if (typeof value === "string") return { text: value, key: value };
  const words = facts.assignment(flag)?.words ?? [];
  const [word] = words;
  const key = word && words.length === 1 ? variablesIn(word, member) : undefined;
  return key === undefined ? undefined : { text: undefined, key };
}

/** The variables of an unknown word as a key; undefined if another part is unknown. */
export function variablesIn(word: Word, member: Member): string | undefined {
  const [only, another] = originsOf(word);
  // The variable as written, although its own value is known to come from somewhere else.
  if (only && !another && word.source.replace(/^["']|["']$/g, "") === only.source)
    return nameOf(only, member);
  const named = partsOfWord(word).map((part) =>
    part.kind === "text" ? `"${part.text}` : nameOf(part, member),
  );
  return named.includes(undefined) ? undefined : named.join("");
}

/** A variable by its name, which several files may share; a parameter only within its file. */
function nameOf(origin: Origin, { document }: Member): string | undefined {
  if (origin.from === "variable" || origin.from === "default") return `$${origin.name}`;
  if (origin.from === "parameter") return `$${origin.name} of ${document.document.uri}`;
  return undefined;
}

/** Whether two addresses are certainly the same. */
export function isSameAddress(a: Address | undefined, b: Address | undefined): boolean {
  return a !== undefined && b !== undefined && a.key === b.key && !isEveryAddress(a.text);
}

/**
 * Whether a caller certainly does not reach who listens there: both are addresses of machines, and they differ. Names are
 * not compared, because several may lead to one machine.
 */
export function isOtherMachine(called: Address | undefined, listening: Address | undefined): boolean {
  return (
    isMachineAddress(called?.text) && isMachineAddress(listening?.text) && called.text !== listening.text
  );
}

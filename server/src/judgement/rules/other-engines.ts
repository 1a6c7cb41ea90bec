/** The rule about flags of other engines, such as vLLM. */
import type { Flag } from "../../catalogue/types";
import type { Argument, FixKind } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { say } from "../../messages";
import { type Counterpart, counterparts } from "../engine-flags";
import type { Fix } from "../finding";
import { NO, YES } from "../meant";
import { flagWith } from "./cures";
import { type DetectorsIn, onFault } from "./detector";
import { inNotation } from "./message";
import { alternatives, listed, quoted, type RuleContext, removal, written, writtenName } from "./rule";

const flagOfAnotherEngine = onFault(["unknown", "ambiguous", "abbreviated"], (fault, context) => {
  const { argument } = fault;
  const found = counterparts(argument, context);
  if (found.length === 0) return undefined;
  const replacements = found.flatMap((one) => replacementBy(one, argument, context, found.length === 1));
  return {
    ...variantOf(fault),
    flag: argument.flag,
    message: [...found.map((one) => inWords(one, argument, context)), outcomeOf(fault, context)].join(" "),
    span: argument.flagSpan,
    fixes: [
      ...replacements,
      removalBy(found, argument, found.length === 1 && !replacements.some(({ preferred }) => preferred)),
    ],
  };
});

type EngineFault = Parameters<Parameters<typeof onFault<"unknown" | "ambiguous" | "abbreviated">>[1]>[0];

function variantOf({ kind, argument }: EngineFault): { variant?: "abbreviation" | "left-out" } {
  if (kind === "abbreviated") return { variant: "abbreviation" };
  return argument.shape === "absent" ? { variant: "left-out" } : {};
}

function outcomeOf(fault: EngineFault, { release, launch }: RuleContext): string {
  if (fault.kind === "abbreviated")
    return say("rule.engine-abbreviation", {
      release: release.name,
      name: writtenName(fault.flag.name, launch),
    });
  return fault.argument.shape === "absent"
    ? say("rule.engine-left-out")
    : say("rule.engine-refused", { release: release.name });
}

/** What the flag is, and what differs, as sentences. */
export function inWords(found: Counterpart, argument: Argument, { launch }: RuleContext): string {
  const { engines, flags, note, differs, none, isUsual, meant } = found;
  const whose = listed(engines.map((engine) => say("rule.engines-own", { engine })));
  const names = listed(flags.map(({ name }) => `\`${writtenName(name, launch)}\``));
  const about = {
    flag: written(argument),
    how: meant === undefined ? ("other" as const) : ("misspelt" as const),
    meant: writtenName(`--${meant}`, launch),
    engines: whose,
  };
  const is =
    flags.length > 0 ? say("rule.engine-flag", { ...about, names }) : say("rule.engine-flag-alone", about);
  const more = flags.length > 0 ? (isUsual ? undefined : (differs ?? note)) : none;
  const value =
    isUsual && flags.length > 0 ? say("rule.engine-usual", { value: quoted(argument.valueSource) }) : "";
  return `${is}${value}${more ? ` ${sentence(inNotation(more, launch))}` : ""}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The fix that writes LightLLM's flag; none if there is none or its words are not known. */
function replacementBy(found: Counterpart, argument: Argument, context: RuleContext, isOnly: boolean): Fix[] {
  const { flags, differs, isCertain, isUsual } = found;
  const [first] = flags;
  const changes = first && !isUsual ? changesFor(found, argument, context) : undefined;
  if (!first || !changes) return [];
  const words = found.words?.[0] ?? argument.words.map(({ text, source }) => text ?? source);
  const isCut = first.arity === "one" && words.length > 1;
  const isTwice = flags.some((flag) => isGiven(flag, argument, context));
  const kind: FixKind = isOnly && isCertain && !isCut && !isTwice ? "spelling" : "choice";
  const shown = flags.map((flag, at) => {
    const own = found.words?.[at] ?? (isCut ? words.slice(0, 1) : []);
    return own.length > 0 ? flagWith(flag.key, own, context) : writtenName(flag.name, context.launch);
  });
  const title = say("rule.change-flags", { flags: listed(shown.map((one) => `\`${one}\``)) });
  const costs = [
    ...(differs ? [inNotation(differs, context.launch)] : []),
    ...(isCut ? [say("rule.takes-one", { name: writtenName(first.name, context.launch) })] : []),
    ...(isTwice
      ? [
          say("rule.also-given", {
            names: alternatives(flags.map(({ name }) => writtenName(name, context.launch))),
          }),
        ]
      : []),
  ];
  return [{ title: [title, ...costs].join("; "), kind, preferred: isOnly && !isTwice, changes }];
}

/** The changes that write LightLLM's flags in the place of another engine's; undefined if a word is missing. */
function changesFor(
  { flags, words }: Counterpart,
  argument: Argument,
  { launch }: RuleContext,
): LaunchChange[] | undefined {
  const [first, ...others] = flags;
  if (!first) return undefined;
  const texts = argument.words.map(({ text }) => text);
  const [text] = texts;
  if (first.arity === "none") {
    if (texts.length > 1 || (text !== undefined && !YES.test(text) && !NO.test(text))) return undefined;
    const change: LaunchChange[] =
      texts.length === 0 ? [] : [{ kind: "switch", argument, on: text !== undefined && YES.test(text) }];
    const added = others.map(
      ({ name }): LaunchChange => ({ kind: "add", launch, flag: name, words: [], after: argument }),
    );
    return [{ kind: "rename", argument, to: first.name }, ...change, ...added];
  }
  if (texts.length === 0)
    return argument.shape === "absent" ? [{ kind: "rename", argument, to: first.name }] : undefined;
  const cut = first.arity === "one" && texts.length > 1;
  const own = words?.[0] ?? (cut && text !== undefined ? [text] : undefined);
  if (cut && !own) return undefined;
  const added: LaunchChange[] = [];
  for (const [at, { name }] of others.entries()) {
    const theirs = words?.[at + 1] ?? (text === undefined ? undefined : [text]);
    if (!theirs) return undefined;
    added.push({ kind: "add", launch, flag: name, words: theirs, after: argument });
  }
  return [
    { kind: "rename", argument, to: first.name },
    ...(own ? [{ kind: "set", argument, words: own } as const] : []),
    ...added,
  ];
}

function isGiven({ name }: Flag, argument: Argument, { launch, release }: RuleContext): boolean {
  return launch.arguments.some(
    (other) => other !== argument && release.byName.get(other.flag)?.name === name,
  );
}

/** The fix that removes the flag: a matter of spelling if LightLLM does the same without it. */
function removalBy(found: readonly Counterpart[], argument: Argument, preferred: boolean): Fix {
  const fix = removal(argument, preferred);
  return found.every(({ isUsual }) => isUsual)
    ? { ...fix, kind: "spelling", title: say("rule.remove-usual", { remove: fix.title }) }
    : fix;
}

export const rules = {
  "flag-of-another-engine": flagOfAnotherEngine,
} satisfies DetectorsIn<"judgement/rules/other-engines.ts">;

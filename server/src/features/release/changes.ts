/** Differences between two releases: flags, defaults, values, environment variables. */

import {
  type Catalogue,
  environmentVariable,
  type Flag,
  isReadBy,
  kindLabel,
  type Release,
  statusLabel,
  valueLabel,
} from "../../catalogue";
import { routeBetween } from "../../judgement/moves/route";
import { say, translated } from "../../messages";

/** A difference by name; `text` describes it in Markdown. */
export interface ReleaseChange {
  readonly name: string;
  readonly text: string;
}

/** All differences between two releases. */
export interface ReleaseChanges {
  readonly gone: readonly ReleaseChange[];
  readonly added: readonly ReleaseChange[];
  readonly defaults: readonly ReleaseChange[];
  readonly values: readonly ReleaseChange[];
  readonly variables: readonly ReleaseChange[];
  /** Why the same launch behaves differently; added and removed flags and variables are not in it. */
  readonly behaviour: readonly ReleaseChange[];
}

/** Compares two releases. */
export function releaseChanges(from: Release, to: Release, catalogue: Catalogue): ReleaseChanges {
  const shared = from.flags.flatMap((before) => {
    const after = to.byName.get(before.name);
    return after ? [{ before, after }] : [];
  });
  return {
    gone: from.flags
      .filter(({ name }) => !to.byName.has(name))
      .map(({ name, key }) => ({
        name,
        text: successor(key, from, to, catalogue) ?? say("release.nothing-takes-its-place"),
      })),
    added: to.flags
      .filter(({ name }) => !from.byName.has(name))
      .map(({ name, key, help }) => ({ name, text: catalogue.docs(key)?.en.summary ?? help ?? "" })),
    defaults: shared
      .filter(({ before, after }) => JSON.stringify(before.default) !== JSON.stringify(after.default))
      .map(({ before, after }) => ({
        name: before.name,
        text: `${valueLabel(before.default)} → ${valueLabel(after.default)}`,
      })),
    values: shared.flatMap(({ before, after }) => valueChanges(before, after)),
    variables: variableChanges(from, to, catalogue),
    behaviour: behaviourChanges(from, to, catalogue),
  };
}

/** All changes from the older of two releases to the newer one, whichever comes first. */
function behaviourChanges(from: Release, to: Release, catalogue: Catalogue): ReleaseChange[] {
  const order = (release: Release) => catalogue.releases.findIndex(({ name }) => name === release.rulesOf);
  const [older, newer] = [order(from), order(to)].sort((a, b) => a - b) as [number, number];
  return catalogue.releases.slice(older + 1, newer + 1).flatMap((release) =>
    catalogue.behaviourSince(release).map(({ about, say: said, keep, migration }) => ({
      name: about,
      text: [
        say("release.since", { release: release.name, said }),
        ...(keep ? [keep] : []),
        say("release.migration", { migration: migration === "nothing" ? "other" : migration }),
      ].join(" "),
    })),
  );
}

/** What replaces a flag or variable between two releases, if it is documented. */
function successor(key: string, from: Release, to: Release, catalogue: Catalogue): string | undefined {
  for (const { moves } of routeBetween(from, to, catalogue)) {
    const about = moves.filter(({ flag, variable }) => flag === key || variable === key);
    const move = about.find((one) => one.if === undefined) ?? about[0];
    if (move) return translated(move.say);
  }
  return undefined;
}

function valueChanges(before: Flag, after: Flag): ReleaseChange[] {
  const parts: string[] = [];
  const [old, now] = [knownWords(before), knownWords(after)];
  const listed = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
  const [gone, added] = [
    old.filter((word) => !now.includes(word)),
    now.filter((word) => !old.includes(word)),
  ];
  if (gone.length > 0) parts.push(say("release.values-gone", { values: listed(gone) }));
  if (added.length > 0) parts.push(say("release.values-added", { values: listed(added) }));
  if (before.arity !== after.arity)
    parts.push(say(after.arity === "many" ? "release.several-values" : "release.one-value"));
  if (before.kind !== after.kind)
    parts.push(say("release.kind-changes", { now: kindLabel(after), before: kindLabel(before) }));
  if (before.status !== after.status)
    parts.push(after.status === "active" ? say("release.has-an-effect") : statusLabel(after));
  return parts.length > 0 ? [{ name: before.name, text: parts.join("; ") }] : [];
}

function knownWords({ choices, words }: Flag): string[] {
  return choices ? choices.filter((choice) => choice !== null).map(String) : [...words];
}

function variableChanges(from: Release, to: Release, catalogue: Catalogue): ReleaseChange[] {
  return Object.keys(catalogue.environment())
    .sort()
    .flatMap((name): ReleaseChange[] => {
      const variable = environmentVariable(catalogue, name);
      if (!variable?.kind.startsWith("read")) return [];
      const [before, after] = [isReadBy(variable, from), isReadBy(variable, to)];
      if (before && !after)
        return [
          {
            name,
            text: say("release.variable-gone", {
              successor: successor(name, from, to, catalogue) ?? say("release.nothing-takes-its-place"),
            }),
          },
        ];
      if (!before && after)
        return [{ name, text: say("release.variable-added", { summary: variable.en.summary }) }];
      const [old, now] = [from, to].map(
        ({ rulesOf }) => variable.default[rulesOf] ?? variable.default["*"] ?? null,
      );
      if (!before || JSON.stringify(old) === JSON.stringify(now)) return [];
      return [
        {
          name,
          text: say("release.default-changes", {
            before: valueLabel(old ?? null),
            now: valueLabel(now ?? null),
          }),
        },
      ];
    });
}

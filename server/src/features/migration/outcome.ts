/** What a migration did in the end: of several steps over the same flag, the sum. */
import type { LaunchChange } from "../../launch/launch-change";
import { say } from "../../messages";

/** What was changed and why, for a reader. */
export interface Told {
  /** A sentence of Markdown. */
  readonly sentence: string;
  /** The flags with their dashes and the variables that it is about, before and after. */
  readonly names: readonly string[];
}

/** One thing that was done. */
interface Deed {
  /** The flags and variables that it was about, as they were. */
  readonly about: string[];
  /** The flag or variable of the launch as it was, in its notation; absent for what is new. */
  what: string | undefined;
  /** What is written there now, in the launch's notation, by the flag with its dashes. */
  now: Map<string, string>;
  why: string;
  /** The report, if the usual sentence does not fit. */
  readonly told: string | undefined;
  readonly writesNothing: boolean;
}

/** The flags that changes write, with dashes. A renamed flag that gets its words next is one. */
export function writtenFlags(changes: readonly LaunchChange[]): string[] {
  const renamed = new Set(changes.flatMap((change) => (change.kind === "rename" ? [change.argument] : [])));
  return changes.flatMap((change) => {
    if (change.kind === "add") return [change.flag];
    if (change.kind === "rename") return [change.to];
    return change.kind === "set" && !renamed.has(change.argument) ? [change.argument.flag] : [];
  });
}

export class MigrationOutcome {
  private readonly deeds: Deed[] = [];

  /**
   * @param about the flag with dashes, or the variable, that the step is about. @param what it in the launch's notation.
   * @param writes what it writes, in the launch's notation. @param flags the flags of `writes`.
   */
  add(
    about: string | undefined,
    what: string | undefined,
    {
      why,
      told,
      writes,
      flags,
    }: { why: string; told?: string; writes: readonly string[]; flags: readonly string[] },
  ): void {
    const now = new Map(writes.map((title, index) => [flags[index] ?? title, title]));
    const before = about === undefined ? undefined : this.deeds.find((deed) => deed.now.has(about));
    if (before && about !== undefined) {
      // An abbreviation is named by its flag.
      if (before.what && about.startsWith(before.what.replaceAll("`", ""))) before.what = what;
      before.about.push(about);
      before.now.delete(about);
      for (const [flag, title] of now) before.now.set(flag, title);
      before.why = why;
      return;
    }
    const named = [about, what?.replaceAll("`", "")].filter((name) => name !== undefined);
    this.deeds.push({ about: named, what, now, why, told, writesNothing: writes.length === 0 });
  }

  /** What was done to a launch that has these flags in the end. */
  told(left: ReadonlySet<string>): Told[] {
    return this.deeds.flatMap((deed) => {
      const names = [...deed.about, ...[...deed.now.keys()].map((name) => name.replace(/[\s=].*$/s, ""))];
      return this.sentenceOf(deed, left).map((sentence) => ({ sentence, names: [...new Set(names)] }));
    });
  }

  private sentenceOf({ what, now, why, told, writesNothing }: Deed, left: ReadonlySet<string>): string[] {
    const stays = [...now]
      .filter(([flag]) => !flag.startsWith("-") || left.has(flag))
      .map(([, title]) => title);
    if (told !== undefined) return stays.length > 0 || writesNothing ? [told] : [];
    const list = stays
      .map((title) => `\`${title}\``)
      .reduce((first, second) => (first ? say("migration.and", { first, second }) : second), "");
    if (what === undefined) return list === "" ? [] : [say("migration.added", { now: list, why })];
    return list === ""
      ? [say("migration.removed", { what, why })]
      : [say("migration.replaced", { what, now: list, why })];
  }
}

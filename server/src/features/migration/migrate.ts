/** Carries launches over from the releases they are for to another one. */

import { type LaunchDocument, withText } from "../../analysis/document";
import { isBroken, isRefused, type JudgedLaunch } from "../../analysis/judge-file";
import type { Catalogue, Release } from "../../catalogue";
import { commentAboveLaunch } from "../../edits/comment-above";
import { fixesOf, type WrittenFix } from "../../edits/fixes";
import { Rewriting, type Task } from "../../edits/rewriting";
import { apart, applyEdits, changedLines } from "../../edits/text-edits";
import type { Finding } from "../../judgement/finding";
import type { Step } from "../../judgement/moves/step";
import { named } from "../../judgement/rules/rule";
import { NO_SURROUNDINGS } from "../../judgement/surroundings";
import { type Launch, type LaunchFile, problemsIn, spanFrom, type TextChange } from "../../launch/launch";
import { say } from "../../messages";
import { LaunchMigration } from "./launch-migration";
import { namedReleases } from "./named-releases";
import { sharesWith } from "./shared";

export interface MigrationOptions {
  /** The release that the launches come from; each one's own where absent. */
  readonly from?: Release | undefined;
  /** Whether what was left to old defaults is left to the new ones, also where they differ. */
  readonly newDefaults?: boolean | undefined;
  /** Whether a comment says which old defaults are written down. */
  readonly comments?: boolean | undefined;
}

/** What became of one launch. */
export interface MigratedLaunch {
  /** As it was. */
  readonly judged: JudgedLaunch;
  readonly from: Release;
  /** What was changed and why, a sentence each. */
  readonly done: readonly string[];
  /** What could not be carried over, and what to look at, a sentence each. */
  readonly notes: readonly string[];
  /** Whether the new release starts with it. */
  readonly accepted: boolean;
}

export interface Migration {
  readonly to: Release;
  /** The whole text afterwards. */
  readonly text: string;
  /** What makes it of the text before, in whole lines. */
  readonly edits: readonly TextChange[];
  readonly launches: readonly MigratedLaunch[];
}

/** Carries launches of a document over to a release. Nothing changes for one that is for that release already. */
export function migrate(
  launchDocument: LaunchDocument,
  which: readonly JudgedLaunch[],
  to: Release,
  options: MigrationOptions = {},
): Migration {
  const { catalogue, surroundings = NO_SURROUNDINGS, file, launches, notation } = launchDocument;
  const moving = which.filter(({ chosen }) => (options.from ?? chosen.release) !== to);
  const staying = [...launches.keys()].filter((index) => !moving.some((one) => one === launches[index]));
  const migrations = moving.map(
    (judged) =>
      new LaunchMigration(judged, launches.indexOf(judged), options.from ?? judged.chosen.release, {
        to,
        catalogue,
        surroundings,
      }),
  );
  const names = namedReleases(launchDocument, moving, to);
  const rewriting = new Rewriting(applyEdits(file.text, names.edits), notation, catalogue);
  new FileMigration(launchDocument, migrations, staying, rewriting).go(options);
  // What cannot be read any more is not written, whatever became of it.
  const isBrokenNow = countBroken(notation.find(rewriting.text), catalogue) > countBroken(file, catalogue);
  const text = isBrokenNow ? file.text : rewriting.text;
  return {
    to,
    text,
    // To compare texts takes time, and not every reader asks for it.
    get edits() {
      return changedLines(file.text, text);
    },
    launches: migrations.map((migration) => {
      const launch = rewriting.launch(migration.index);
      const version = names.left.get(migration.judged);
      if (version !== undefined)
        migration.notes.push(say("migration.image-left", { version, release: to.name }));
      const accepted = migration.close(launch).accepted && !isBroken(launch, catalogue) && !isBrokenNow;
      if (isBrokenNow) {
        migration.done.length = 0;
        migration.notes.push(say("migration.unreadable"));
      }
      const { judged, from, done, notes } = migration;
      return { judged, from, done, notes, accepted };
    }),
  };
}

function countBroken(file: LaunchFile, catalogue: Catalogue): number {
  return problemsIn(file).filter((problem) => isRefused(problem, catalogue)).length;
}

/** Cures may make way for each other; no launch takes more rounds. */
const MOST_CURES = 8;

/** All launches of a file that are carried over: stage by stage together, so that the text is read once for each. */
class FileMigration {
  constructor(
    private readonly launchDocument: LaunchDocument,
    private readonly migrations: readonly LaunchMigration[],
    /** Which launches of the file stay as they are. */
    private readonly staying: readonly number[],
    private readonly rewriting: Rewriting,
  ) {}

  private launchOf({ index }: LaunchMigration): Launch {
    return this.rewriting.launch(index);
  }

  go(options: MigrationOptions): void {
    const stages = this.migrations.map((migration) => migration.stages());
    const most = Math.max(0, ...stages.map(({ length }) => length));
    for (let at = 0; at < most; at++)
      this.perform((migration, place) => stages[place]?.[at]?.(this.launchOf(migration)) ?? []);
    if (!options.newDefaults) {
      this.perform((migration) => migration.defaults(this.launchOf(migration)));
      if (options.comments) for (const migration of this.migrations) this.comment(migration);
    }
    for (let round = 0; round < MOST_CURES && this.cure(); round++);
  }

  /** Whether a flag or a variable of a launch is written where one that stays reads it too. */
  private isShared(name: string | undefined, launch: Launch): boolean {
    const staying = this.staying.map((index) => this.rewriting.launch(index));
    return name !== undefined && staying.some((other) => sharesWith(other, launch, name));
  }

  private perform(stepsOf: (migration: LaunchMigration, place: number) => readonly Step[]): void {
    const all = this.migrations.flatMap((migration, place) => {
      const stated = this.launchOf(migration);
      return stepsOf(migration, place).map((step) => {
        const { changes, variableChanges } = step;
        // What others read too is left to them; the flag that takes the place of a variable is not theirs.
        const left = this.isShared(step.about, stated);
        const made = left ? (step.variable ? changes : []) : [...changes, ...variableChanges];
        const tasks = made.map((change): Task => ({ index: migration.index, stated, change }));
        return { migration, step, tasks, left };
      });
    });
    const failed = this.rewriting.perform(all.flatMap(({ tasks }) => tasks));
    for (const { migration, step, tasks, left } of all)
      migration.report(step, left ? "shared" : tasks.some((task) => failed.has(task)) ? "failed" : "done");
  }

  /** Makes one fix for each launch that the new release objects to, and tells it. @returns whether any was made. */
  private cure(): boolean {
    const now = this.asJudgedThen();
    const chosen: { migration: LaunchMigration; launch: Launch; message: string; fix: WrittenFix }[] = [];
    for (const migration of this.migrations) {
      const launch = now.launches[migration.index]?.launch ?? this.launchOf(migration);
      for (const finding of migration.objections(launch).news) {
        if (this.isShared(finding.flag, launch)) continue;
        const fix = fixesOf(now, finding).find((one) => mayBeMade(one, finding));
        const free = fix?.edits.every(({ span }) =>
          chosen.every((other) => other.fix.edits.every((edit) => apart(edit.span, span))),
        );
        if (!fix || !free) continue;
        chosen.push({ migration, launch, message: finding.message, fix });
        break;
      }
    }
    const together = this.rewriting.apply(chosen.flatMap(({ fix }) => fix.edits));
    // Where one of them cannot be made, the first that can is; the others have their turn in the next round.
    const first = together ? undefined : chosen.find(({ fix }) => this.rewriting.apply(fix.edits));
    const made = together ? chosen : first ? [first] : [];
    for (const { migration, launch, message, fix } of made) {
      const cured = { problem: message, fix: fix.title };
      const flags = goneFlags(launch, this.launchOf(migration));
      migration.notes.push(
        flags === "" ? say("migration.cured", cured) : say("migration.cured-without", { ...cured, flags }),
      );
    }
    return made.length > 0;
  }

  /** The text as it is now, as the new release judges it. */
  private asJudgedThen(): LaunchDocument {
    const { settings } = this.launchDocument;
    const [migration] = this.migrations;
    const fixed = migration ? { ...settings, fixed: migration.to } : settings;
    return withText({ ...this.launchDocument, settings: fixed }, this.rewriting.text);
  }

  /** Writes above a launch which old defaults it has now, where a comment can stand there. */
  private comment(migration: LaunchMigration): void {
    if (migration.kept.length === 0) return;
    const changed = withText(this.launchDocument, this.rewriting.text);
    const comment = say("migration.kept-comment", {
      release: migration.from.name,
      flags: migration.kept.join(", "),
    });
    const insertion = commentAboveLaunch(changed, migration.index, comment);
    if (!insertion) return;
    const start = changed.document.offsetAt(insertion.position);
    this.rewriting.apply([{ span: spanFrom(start, start), newText: insertion.newText }]);
  }
}

/**
 * Whether a migration makes a fix by itself. To start in the new release is what it is for, so that what the start-up would
 * refuse there is mended by the preferred fix and told in a note; a misspelt word is mended only where its meaning is certain.
 */
function mayBeMade({ kind, preferred }: WrittenFix, { stage }: Finding): boolean {
  if (kind === "spelling") return true;
  return kind === "choice" && preferred && stage !== "argparse" && stage !== "text";
}

/** Which flags of an earlier reading are gone: a cure's title need not name them. */
function goneFlags(before: Launch, now: Launch): string {
  const left = new Set(now.arguments.map(({ flag }) => flag));
  const gone = before.arguments.filter(({ flag }) => !left.has(flag));
  return gone.map(({ flag }) => `\`${named(flag, before)}\``).join(", ");
}

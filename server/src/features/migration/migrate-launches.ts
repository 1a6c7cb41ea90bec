/** Migrates launches to another release. */

import { isReadAlike, type LaunchDocument, withText } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { isBroken, isRefused } from "../../analysis/judge-once";
import type { Catalogue, Release } from "../../catalogue";
import { editAboveLaunch } from "../../edits/comment-above";
import { fixesOf, type WrittenFix } from "../../edits/fixes";
import { keepsAround } from "../../edits/kept-around";
import { Rewriting, type Task } from "../../edits/rewriting";
import { applyEdits, changedLines, TakenPlaces } from "../../edits/text-edits";
import type { Finding } from "../../judgement/finding";
import type { Step } from "../../judgement/moves/step";
import { writtenName } from "../../judgement/rules/rule";
import { NO_SURROUNDINGS } from "../../judgement/surroundings";
import { type Launch, type LaunchFile, problemsIn, type TextChange, type Word } from "../../launch/launch";
import { say } from "../../messages";
import { newBetween } from "./between-launches";
import { LaunchMigration } from "./launch-migration";
import { namedReleases } from "./named-releases";
import type { Told } from "./outcome";
import { type MigratedFile, migratePointedFiles } from "./pointed-files";
import { sharesWith } from "./shared";

export interface MigrationOptions {
  /** The release that the launches come from; each launch's own if absent. */
  readonly from?: Release | undefined;
  /** Whether to use the new defaults, even if they differ from the old ones. */
  readonly newDefaults?: boolean | undefined;
  /** Whether to add a comment that lists the old defaults written. */
  readonly comments?: boolean | undefined;
}

/** Result for one launch. */
export interface MigratedLaunch {
  /** Before the migration. */
  readonly judged: JudgedLaunch;
  readonly from: Release;
  /** The changes and their reasons, one sentence each. */
  readonly done: readonly string[];
  /** The same and the fixes among the notes, with the flags and variables that they are about. */
  readonly reasons: readonly Told[];
  /** What could not be migrated, and what to check, one sentence each. */
  readonly notes: readonly string[];
  /** What behaves differently in the new release although nothing in the launch says so, and how to keep it. */
  readonly differences: readonly string[];
  /** Whether the new release accepts it. */
  readonly accepted: boolean;
}

export interface Migration {
  readonly to: Release;
  /** The whole text after the migration. */
  readonly text: string;
  /** Edits of whole lines that produce it. */
  readonly edits: readonly TextChange[];
  readonly launches: readonly MigratedLaunch[];
  /** Other files that the launches name, and that change with them. */
  readonly files: readonly MigratedFile[];
}

/** Migrates launches of a document to a release. A launch that is already for that release stays unchanged. */
export function migrate(
  launchDocument: LaunchDocument,
  which: readonly JudgedLaunch[],
  to: Release,
  options: MigrationOptions = {},
): Migration {
  const { catalogue, surroundings = NO_SURROUNDINGS, file, launches, notation } = launchDocument;
  const moving = which.filter(({ chosen }) => (options.from ?? chosen.release) !== to);
  const places = new Map(launches.map((one, index) => [one, index]));
  const leaving = new Set(moving);
  const staying = launches.flatMap((one, index) => (leaving.has(one) ? [] : [index]));
  const migrations = moving.map(
    (judged) =>
      new LaunchMigration(judged, places.get(judged) ?? -1, options.from ?? judged.chosen.release, {
        to,
        catalogue,
        surroundings: judged.values.input.surroundings,
      }),
  );
  const names = namedReleases(launchDocument, moving, to);
  const { cache = notation.newCache() } = launchDocument;
  const named = names.edits.length > 0 ? notation.find(applyEdits(file.text, names.edits), cache) : file;
  const rewriting = new Rewriting(named, notation, catalogue, cache);
  new FileMigration({ ...launchDocument, cache }, migrations, staying, rewriting).go(options);
  // If a text could no longer be read, or a launch that stays would change, nothing is written.
  const isBrokenNow =
    countBroken(notation.find(rewriting.text, cache), catalogue) > countBroken(file, catalogue) ||
    !isReadAlike(launchDocument, rewriting.text) ||
    !keepsAround(notation, file.text, rewriting.text) ||
    staying.some((index) => statedBy(rewriting.launch(index)) !== statedBy(file.launches[index]));
  const text = isBrokenNow ? file.text : withLineBreaksOf(file.text, rewriting.text);
  const stayingLaunches = staying.flatMap((index) => launches[index]?.launch ?? []);
  const files = isBrokenNow
    ? []
    : [...migratePointedFiles(migrations, stayingLaunches, surroundings), ...names.files];
  return {
    to,
    text,
    files,
    // Computed on demand, because comparing texts takes time.
    get edits() {
      return changedLines(file.text, text);
    },
    launches: migrations.map((migration) => {
      const launch = rewriting.launch(migration.index);
      const version = names.left.get(migration.judged);
      if (version !== undefined)
        migration.notes.push(say("migration.image-left", { version, release: to.name }));
      const chart = names.inCharts.get(migration.judged);
      if (chart !== undefined && !isBrokenNow)
        migration.notes.push(say("migration.chart-changed", { file: chart, release: to.name }));
      const accepted = migration.close(launch).accepted && !isBroken(launch, catalogue) && !isBrokenNow;
      if (isBrokenNow) migration.notes.push(say("migration.unreadable"));
      const { judged, from, notes, differences } = migration;
      const told = isBrokenNow ? [] : migration.done(launch);
      const done = told.map(({ sentence }) => sentence);
      const reasons = isBrokenNow ? [] : [...told, ...migration.cured];
      return { judged, from, done, reasons, notes, differences, accepted };
    }),
  };
}

/** A text with the line breaks of the text that it was; a launch may have lost all lines that had any. */
function withLineBreaksOf(before: string, text: string): string {
  return /\r\n/.test(before) && !/(?<!\r)\n/.test(before) ? text.replace(/(?<!\r)\n/g, "\r\n") : text;
}

/** The words and the variables of a launch. */
function statedBy(launch: Launch | undefined): string {
  const said = ({ text, source }: Word) => text ?? source;
  return JSON.stringify([
    launch?.arguments.map(({ written, words }) => [written, ...words.map(said)]),
    launch?.environment.map(({ name, value }) => [name, said(value)]),
  ]);
}

function countBroken(file: LaunchFile, catalogue: Catalogue): number {
  return problemsIn(file).filter((problem) => isRefused(problem, catalogue)).length;
}

/** Maximum number of rounds of fixes, because a fix may enable another. */
const MOST_CURES = 8;

/** A fix that a migration applies. */
interface Chosen {
  readonly migration: LaunchMigration;
  readonly launch: Launch;
  readonly finding: Finding;
  readonly fix: WrittenFix;
}

/** Migrates the launches of a file together, stage by stage, so that the text is read once for each stage. */
class FileMigration {
  constructor(
    private readonly launchDocument: LaunchDocument,
    private readonly migrations: readonly LaunchMigration[],
    /** Indexes of the launches that stay unchanged. */
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
      this.withdraw();
    }
    for (let round = 0; round < MOST_CURES && this.cure(); round++);
    // A fix may have taken out what another flag needs.
    this.withdraw();
    if (options.comments) this.comment();
    for (let round = 0; round < MOST_CURES && this.cureBetween(); round++);
  }

  private withdraw(): void {
    this.perform((migration) => migration.withdrawn(this.launchOf(migration)));
  }

  /** Applies and reports one fix for what the launches no longer agree on. @returns whether there was any. */
  private cureBetween(): boolean {
    const [{ to }] = this.migrations.length > 0 ? this.migrations : [{ to: undefined }];
    if (!to) return false;
    const news = newBetween(this.launchDocument, this.rewriting.text, to);
    for (const { finding, index, fix } of news) {
      const migration = this.migrations.find((one) => one.index === index);
      if (!migration || !fix || !this.rewriting.apply(fix.edits)) continue;
      const sentence = say("migration.cured-between", { problem: finding.message, fix: fix.title });
      migration.notes.push(sentence);
      migration.cured.push({ sentence, names: finding.flag ? [finding.flag] : [] });
      return true;
    }
    for (const { finding, index } of news) {
      const migration = this.migrations.find((one) => one.index === index) ?? this.migrations[0];
      migration?.notes.push(say("migration.between", { problem: finding.message }));
    }
    return false;
  }

  /** Whether a launch that stays unchanged uses the same text for a flag or variable. */
  private isShared(name: string | undefined, launch: Launch): boolean {
    const staying = this.staying.map((index) => this.rewriting.launch(index));
    return name !== undefined && staying.some((other) => sharesWith(other, launch, name));
  }

  private perform(stepsOf: (migration: LaunchMigration, place: number) => readonly Step[]): void {
    const all = this.migrations.flatMap((migration, place) => {
      const stated = this.launchOf(migration);
      return stepsOf(migration, place).map((step) => {
        const { changes, variableChanges } = step;
        // Shared text stays unchanged; a flag that replaces a shared variable belongs to this launch alone.
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

  /** Applies and reports one fix for each launch that has new findings. @returns whether there was any. */
  private cure(): boolean {
    const now = this.asJudgedThen();
    const taken = new TakenPlaces();
    const chosen: Chosen[] = [];
    for (const migration of this.migrations) {
      const launch = now.launches[migration.index]?.launch ?? this.launchOf(migration);
      for (const finding of migration.objections(launch).news) {
        if (this.isShared(finding.flag, launch)) continue;
        const fix = fixesOf(now, finding).find((one) => mayBeMade(one, finding));
        if (!fix || !taken.take(fix.edits)) continue;
        chosen.push({ migration, launch, finding, fix });
        break;
      }
    }
    const together = this.rewriting.apply(chosen.flatMap(({ fix }) => fix.edits));
    // If one cannot be applied, tries them one by one; the others follow in the next round.
    const first = together ? undefined : chosen.find(({ fix }) => this.rewriting.apply(fix.edits));
    const made = together ? chosen : first ? [first] : [];
    for (const { migration, launch, finding, fix } of made) {
      const { message, flag } = finding;
      const cured = { problem: message, fix: fix.title };
      const flags = goneFlags(launch, this.launchOf(migration));
      const sentence =
        flags === "" ? say("migration.cured", cured) : say("migration.cured-without", { ...cured, flags });
      migration.notes.push(sentence);
      migration.cured.push({ sentence, names: [...(flag ? [flag] : []), ...(fix.touches ?? [])] });
    }
    return made.length > 0;
  }

  /** The current text, judged by the new release. */
  private asJudgedThen(): LaunchDocument {
    const { settings } = this.launchDocument;
    const [migration] = this.migrations;
    const fixed = migration ? { ...settings, fixed: migration.to } : settings;
    return withText({ ...this.launchDocument, settings: fixed }, this.rewriting.text);
  }

  /** Writes comments with the old defaults above the launches that have a place for one. */
  private comment(): void {
    const all = this.migrations.filter(({ kept }) => kept.length > 0);
    if (all.length === 0) return;
    const changed = withText(this.launchDocument, this.rewriting.text);
    const edits = all.flatMap((migration) => this.commentOn(migration, changed) ?? []);
    const said = JSON.stringify(changed.file.launches.map(statedBy));
    const before = this.rewriting.text;
    this.rewriting.apply(edits);
    const now = changed.file.launches.map((_, index) => statedBy(this.rewriting.launch(index)));
    if (JSON.stringify(now) === said) return;
    this.rewriting.restore(before);
    for (const migration of all) {
      const edit = this.commentOn(migration, withText(this.launchDocument, this.rewriting.text));
      if (edit) this.rewriting.apply([edit]);
    }
  }

  private commentOn({ from, kept, index }: LaunchMigration, changed: LaunchDocument): TextChange | undefined {
    const comment = say("migration.kept-comment", { release: from.name, flags: kept.join(", ") });
    return editAboveLaunch(changed, index, comment);
  }
}

/**
 * Whether a migration applies a fix. Its purpose is that the new release starts and works, so it applies the preferred
 * fix if the start-up would refuse or the server would fail, and reports it; spelling errors are fixed only if their
 * meaning is certain.
 */
function mayBeMade({ kind, preferred }: WrittenFix, { stage, effect }: Finding): boolean {
  if (kind === "spelling") return true;
  const mustBeMended = effect === "refused" || effect === "fails-later";
  return kind === "choice" && preferred && mustBeMended && stage !== "argparse" && stage !== "text";
}

/** The flags of an earlier version that are gone; a fix's title need not mention them. */
function goneFlags(before: Launch, now: Launch): string {
  const left = new Set(now.arguments.map(({ flag }) => flag));
  const gone = before.arguments.filter(({ flag }) => !left.has(flag));
  return gone.map(({ flag }) => `\`${writtenName(flag, before)}\``).join(", ");
}

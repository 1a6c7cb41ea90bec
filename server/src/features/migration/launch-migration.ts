/** The migration of one launch from release to release: the steps of each stage, and the report. */

import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Catalogue, Release } from "../../catalogue";
import type { Boundary } from "../../catalogue/move-facts";
import type { Finding } from "../../judgement/finding";
import { type Judgement, judge } from "../../judgement/judge";
import { writeOut } from "../../judgement/moves/abbreviations";
import { canFollow, reportedChanges } from "../../judgement/moves/behaviour";
import { cross } from "../../judgement/moves/crossing";
import { type Departure, depart } from "../../judgement/moves/departure";
import { strangerSteps } from "../../judgement/moves/elsewhere";
import { neverReleasedSteps } from "../../judgement/moves/never-released";
import { routeBetween } from "../../judgement/moves/route";
import type { Step } from "../../judgement/moves/step";
import { writtenName } from "../../judgement/rules/rule";
import type { Surroundings } from "../../judgement/surroundings";
import type { Launch } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { say } from "../../messages";
import { AwaitedVariables } from "./awaited-variables";
import { keptDefaults } from "./kept-defaults";
import { MigrationOutcome, type Told, writtenFlags } from "./outcome";
import type { FileAnswer, FileRequest } from "./pointed-files";

/** Computes the steps for the current state of a launch. */
export type MigrationStage = (launch: Launch) => Step[];

/** A file that must change, and what is reported for each release if it cannot. */
interface Pointed extends FileRequest {
  readonly said: readonly (readonly [text: string, release: string])[];
}

/** Data that the launches of one migration share. */
export interface MigrationFrame {
  readonly to: Release;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
}

export class LaunchMigration {
  readonly notes: string[] = [];
  private readonly outcome = new MigrationOutcome();
  /** The old defaults that were written, in the launch's notation. */
  kept: readonly string[] = [];
  /** The same by their flags, with dashes. */
  private readonly written = new Map<string, string>();
  /** The flags that steps added, with dashes. */
  private readonly added = new Set<string>();
  /** What behaves differently, by its words, and the last release on the way that it is said of. */
  private readonly behaviour = new Map<string, string>();
  /** The files that the launch names with these flags and in which other names are written now. */
  private readonly pointed = new Map<string, Pointed>();
  /** Old defaults that could not be kept. */
  private readonly unkept: string[] = [];
  private readonly awaited = new AwaitedVariables();
  /** Flags and variables whose loss is already reported. */
  private readonly told = new Set<string>();
  private readonly origin: Departure;
  /** Problems before the migration. */
  private readonly troubles: ReadonlySet<string>;

  constructor(
    readonly judged: JudgedLaunch,
    /** Index of the launch in the file. */
    readonly index: number,
    readonly from: Release,
    private readonly frame: MigrationFrame,
  ) {
    this.origin = this.depart(judged.launch, from);
    this.troubles = new Set(this.judge(judged.launch, from).findings.map(keyOf));
  }

  /** The target release. */
  get to(): Release {
    return this.frame.to;
  }

  /** What behaves differently in the new release, whatever the launch says; one sentence each. */
  get differences(): string[] {
    const said = [...this.behaviour].map(([text, release]) => say("release.since", { release, said: text }));
    return [...said, ...this.unkept];
  }

  /** The stages in order: first flags that no release knows, then each pair of releases. */
  stages(): MigrationStage[] {
    const { to, catalogue } = this.frame;
    const first = [writeOut, neverReleasedSteps, strangerSteps].map(
      (steps): MigrationStage =>
        (launch) =>
          steps(this.depart(launch, this.from), to),
    );
    const crossings: MigrationStage[] = [];
    let here = this.from;
    const route = routeBetween(this.from, to, catalogue);
    for (const [at, boundary] of route.entries()) {
      const { to: name, moves } = boundary;
      const next = at === route.length - 1 ? to : catalogue.release(name);
      const left = here;
      if (!next) continue;
      crossings.push((launch) => {
        const departure = this.depart(this.awaited.within(launch), left);
        this.notice(departure, boundary);
        return this.awaited.settle(cross(departure, next, moves));
      });
      here = next;
    }
    const last = here;
    if (last !== to) crossings.push((launch) => cross(this.depart(launch, last), to, []));
    return [...first, ...crossings];
  }

  /** Notices what behaves differently after a boundary. */
  private notice(departure: Departure, { to, reported, quantizationFile }: Boundary): void {
    for (const { said: text, keep, file: flag } of reportedChanges(departure, reported)) {
      // The advice may be for a release on the way.
      const kept = keep && canFollow(keep, this.frame.to, this.frame.catalogue) ? keep : undefined;
      const said = kept ? `${text} ${kept}` : text;
      const written = flag === undefined ? undefined : departure.values.value(flag);
      const file = written === undefined ? undefined : this.frame.surroundings.file?.(written);
      if (flag === undefined || !file || !quantizationFile) {
        this.behaviour.set(said, to);
        continue;
      }
      const known = this.pointed.get(flag);
      const steps = [...(known?.steps ?? []), quantizationFile];
      this.pointed.set(flag, {
        written: String(written),
        file,
        steps,
        said: [...(known?.said ?? []), [said, to]],
      });
    }
  }

  /** The files that must change with the launch. */
  fileRequests(): FileRequest[] {
    return [...this.pointed.values()];
  }

  /** Reports what became of the files that must change, in the order of the requests. */
  reportFiles(answers: readonly FileAnswer[]): void {
    const { name, byName } = this.to;
    for (const [at, [flag, { written, said }]] of [...this.pointed].entries()) {
      const answer = answers[at];
      if (!answer) {
        for (const [text, release] of said) this.behaviour.set(text, release);
        continue;
      }
      const names = [...answer.renamed]
        .map(([from, to]) => say("migration.file-name", { from, to }))
        .join(", ");
      if (names !== "")
        this.notes.push(say("migration.file-changed", { file: written, names, release: name }));
      this.notes.push(...answer.said);
      // `quant_cfg` names a file with words of `quant_type`.
      const known = byName.get(`--${flag.replace(/cfg$/, "type")}`)?.words ?? [];
      for (const method of known.length > 0 ? answer.methods : [])
        if (!known.includes(method))
          this.notes.push(say("migration.file-unknown", { file: written, method, release: name }));
      this.notes.push(...this.idleLayers(written, answer));
    }
  }

  /** The layers of a file that the old release asks for and the new one does not. */
  private idleLayers(file: string, { layers, said }: NonNullable<FileAnswer>): string[] {
    const { catalogue, to } = this.frame;
    const [before, after] = [this.from, to].map((one) => catalogue.quantizationFile(one).weights);
    const told = [...said].join(" ");
    return [...layers]
      .filter(([was, is]) => before?.includes(was) && !after?.includes(is) && !told.includes(`\`${was}\``))
      .map(([layer]) => say("migration.file-layer", { file, layer, release: to.name }));
  }

  /** The old defaults to write. */
  defaults(launch: Launch): Step[] {
    const kept = keptDefaults(this.origin, this.depart(launch, this.frame.to));
    const titles = kept.map(({ title }) => title);
    if (this.origin.open && kept.length > 0) {
      const list = titles.map((title) => `\`${title}\``).join(", ");
      this.notes.push(say("migration.kept-unsure", { flags: list }));
      return [];
    }
    this.kept = titles;
    for (const { flag, title } of kept) this.written.set(flag.name, title);
    return kept.map(({ flag, words, title, why }) => ({
      say: why,
      writes: [title],
      changes: [{ kind: "add", launch, flag: flag.name, words }],
      variableChanges: [],
      told: why,
    }));
  }

  /**
   * Takes out again what the migration added and the new release warns of: old defaults, and any flag without effect. An
   * old default that would have an effect is reported.
   */
  withdrawn(launch: Launch): Step[] {
    const { news } = this.objections(launch);
    const warnings = news.filter(({ severity }) => severity === "warning");
    return launch.arguments.flatMap((argument): Step[] => {
      const kept = this.written.get(argument.flag);
      const own = warnings.filter(({ flag }) => flag === argument.flag);
      const idle = this.added.has(argument.flag) ? own.find(({ effect }) => effect === "ignored") : undefined;
      const warning = idle ?? (kept ? own[0] : undefined);
      if (!warning) return [];
      this.kept = this.kept.filter((title) => title !== kept);
      if (kept && !idle)
        this.unkept.push(
          say("migration.not-kept", { title: kept, old: this.from.name, why: warning.message }),
        );
      const changes: LaunchChange[] = [{ kind: "remove", argument }];
      return [
        { about: argument.flag, argument, say: warning.message, writes: [], changes, variableChanges: [] },
      ];
    });
  }

  /** Reports the result of a step: applied, partly impossible, or skipped because other launches share it. */
  report(step: Step, outcome: "done" | "failed" | "shared"): void {
    const { about, say: why, told, writes, changes, variableChanges, lost } = step;
    if (outcome === "done")
      for (const change of changes) if (change.kind === "add") this.added.add(change.flag);
    const now = writes
      .map((title) => `\`${title}\``)
      .reduce((first, second) => (first ? say("migration.and", { first, second }) : second), "");
    const what = about && `\`${writtenName(about, this.judged.launch)}\``;
    if (outcome === "failed") this.notes.push(say("migration.out-of-reach", { what: what ?? now, why }));
    else if (outcome === "shared") this.notes.push(say("migration.shared", { what: what ?? now, why }));
    else if (told !== undefined || changes.length + variableChanges.length > 0)
      this.outcome.add(about, what, {
        why,
        writes,
        flags: writtenFlags(changes),
        ...(told !== undefined && { told }),
      });
    if (!lost) return;
    if (about) this.told.add(about);
    if (this.awaited.take(step, this.judged.launch)) return;
    if (!this.notes.includes(lost)) this.notes.push(lost);
  }

  /** Errors and warnings of the new release that the old one did not have. */
  objections(launch: Launch): { readonly judgement: Judgement; readonly news: readonly Finding[] } {
    const judgement = this.judge(launch, this.frame.to);
    const news = judgement.findings.filter(isGrave).filter((finding) => !this.troubles.has(keyOf(finding)));
    return { judgement, news };
  }

  /** Fixes that were applied to what the new release would object to. */
  readonly cured: Told[] = [];

  /** What was done, one sentence each, for the launch as it is in the end. */
  done(launch: Launch): Told[] {
    return this.outcome.told(new Set(launch.arguments.map(({ flag }) => flag)));
  }

  /** Reports what is left to check, including earlier problems that prevent the start. */
  close(launch: Launch): Judgement {
    const { judgement, news } = this.objections(launch);
    this.notes.push(...this.awaited.sentences());
    for (const finding of judgement.findings.filter(isGrave)) {
      const { code, effect, flag, message } = finding;
      const known = ELSEWHERE.has(code) && flag !== undefined && this.told.has(flag);
      if (!known && (effect === "refused" || news.includes(finding))) this.notes.push(message);
    }
    return judgement;
  }

  private depart(launch: Launch, release: Release): Departure {
    return depart(launch, release, this.frame.catalogue, this.frame.surroundings);
  }

  private judge(launch: Launch, release: Release): Judgement {
    const { catalogue, surroundings } = this.frame;
    return judge(launch, release, catalogue, surroundings);
  }
}

/** Rules whose findings the migration reports itself. */
const ELSEWHERE = new Set(["flag-of-another-release", "value-of-another-release"]);

/** Whether a migration reports a finding: it prevents a launch from working, or from working as it did. */
function isGrave({ severity }: Finding): boolean {
  return severity === "error" || severity === "warning";
}

function keyOf({ code, flag }: Finding): string {
  return `${code} ${flag}`;
}

/** Carries launches over from the releases they are for to another one. */
import type { Release } from "../../catalogue";
import type { Finding } from "../../judgement/finding";
import { type JudgedFile, type JudgedLaunch, judgeFile } from "../../judgement/judge-file";
import { cross, type Step, writeOut } from "../../judgement/moves/crossing";
import { depart } from "../../judgement/moves/departure";
import { strangerSteps } from "../../judgement/moves/elsewhere";
import { neverReleasedSteps } from "../../judgement/moves/never-released";
import { routeBetween } from "../../judgement/moves/route";
import { named } from "../../judgement/rules/rule";
import { NO_SURROUNDINGS, type Surroundings } from "../../judgement/surroundings";
import { headOf, type Launch, type TextChange } from "../../launch/launch";
import { type LaunchDocument, withText } from "../document";
import { fixesOf } from "../fixes";
import { Rewriting } from "../rewriting";
import { commentAbove, silencedLine } from "../silence";
import { applyEdits, changedLines } from "../text-edits";
import { keepDefaults } from "./kept-defaults";
import { namedReleases } from "./named-releases";

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
  const before = launchDocument.file.text;
  const moving = which.filter(({ chosen }) => (options.from ?? chosen.release) !== to);
  let text = applyEdits(before, namedReleases(launchDocument, moving, to));
  const launches: MigratedLaunch[] = [];
  for (const judged of moving) {
    const index = launchDocument.launches.indexOf(judged);
    const journey = new Journey(
      launchDocument,
      judged,
      new Rewriting(text, launchDocument.notation, index),
      index,
    );
    launches.push(journey.go(to, options));
    text = journey.rewriting.text;
  }
  return { to, text, edits: changedLines(before, text), launches };
}

/** Cures may make way for each other; no launch takes more rounds. */
const MOST_CURES = 8;

/** One launch on its way. */
class Journey {
  private readonly done: string[] = [];
  private readonly notes: string[] = [];
  /** Flags and variables of which it is said already what is lost. */
  private readonly told = new Set<string>();
  private readonly surroundings: Surroundings;

  constructor(
    private readonly launchDocument: LaunchDocument,
    private readonly judged: JudgedLaunch,
    readonly rewriting: Rewriting,
    private readonly index: number,
  ) {
    this.surroundings = launchDocument.surroundings ?? NO_SURROUNDINGS;
  }

  go(to: Release, options: MigrationOptions): MigratedLaunch {
    const { catalogue } = this.launchDocument;
    const from = options.from ?? this.judged.chosen.release;
    const origin = this.depart(from);
    this.perform(writeOut(origin, to));
    this.perform(strangerSteps(this.depart(from), to));
    this.perform(neverReleasedSteps(this.depart(from), to));
    let here = from;
    const route = routeBetween(from, to, catalogue);
    for (const [at, boundary] of route.entries()) {
      const next = at === route.length - 1 ? to : catalogue.release(boundary.to);
      if (!next) continue;
      this.perform(cross(this.depart(here), next, boundary.moves));
      here = next;
    }
    if (here !== to) this.perform(cross(this.depart(here), to, []));
    if (!options.newDefaults) {
      const kept = keepDefaults(origin, () => this.depart(to), this.rewriting);
      this.done.push(...kept.done);
      this.notes.push(...kept.notes);
      if (options.comments && kept.kept.length > 0)
        this.comment(`What ${from.name} left to its defaults: ${kept.kept.join(", ")}`);
    }
    const troubles = this.judge(this.launchDocument.file.text, from).findings.map(keyOf);
    const after = this.cure(to, new Set(troubles));
    return { judged: this.judged, from, done: this.done, notes: this.notes, accepted: after.accepted };
  }

  private depart(release: Release) {
    return depart(this.rewriting.launch, release, this.launchDocument.catalogue, this.surroundings);
  }

  private perform(steps: readonly Step[]): void {
    const stated = this.rewriting.launch;
    for (const { about, say, writes, changes, variableChanges, lost } of steps) {
      const written = [
        ...changes.map((change) => this.rewriting.change(change, stated)),
        ...variableChanges.map((change) => this.rewriting.changeVariable(change, stated)),
      ];
      const names = writes.map((title) => `\`${title}\``).join(" and ");
      const what = about && `\`${named(about, stated)}\``;
      if (written.every(Boolean) && written.length > 0) {
        const become = names === "" ? "is taken out" : `becomes ${names}`;
        this.done.push(what ? `${what} ${become}: ${say}.` : `${names} is added: ${say}.`);
      } else if (written.length > 0) {
        this.notes.push(`${what ?? names} stands where it cannot be changed from here: ${say}.`);
      }
      if (lost) {
        if (about) this.told.add(about);
        this.notes.push(lost);
      }
    }
  }

  /** Makes the cures of what the new release objects to, where it is clear what to do. */
  private cure(to: Release, before: ReadonlySet<string>): JudgedLaunch {
    const { notation } = this.launchDocument;
    for (let round = 0; ; round++) {
      const judged = this.judge(this.rewriting.text, to);
      const faults = judged.findings.filter(isStop);
      const stops = faults.filter((finding) => !before.has(keyOf(finding)));
      const cured =
        round < MOST_CURES &&
        stops.some((finding) => {
          const fix = fixesOf(finding, notation, this.rewriting.text).find(
            ({ preferred, drastic }) => preferred && !drastic,
          );
          const { launch } = this.rewriting;
          if (!fix || !this.rewriting.apply(fix.edits)) return false;
          this.notes.push(`${finding.message} ${fix.title}: done${this.without(launch)}.`);
          return true;
        });
      if (cured) continue;
      // What was wrong before is told too where it keeps the launch from starting.
      const left = faults.filter((finding) => finding.effect === "refused" || stops.includes(finding));
      const news = left.filter(({ code, flag }) => !(ELSEWHERE.has(code) && flag && this.told.has(flag)));
      this.notes.push(...news.map(({ message }) => message));
      return judged;
    }
  }

  /** Which flags of an earlier reading are gone: a cure's title need not name them. */
  private without(before: Launch): string {
    const left = new Set(this.rewriting.launch.arguments.map(({ flag }) => flag));
    const gone = before.arguments.filter(({ flag }) => !left.has(flag));
    const names = gone.map(({ flag }) => `\`${named(flag, before)}\``);
    return names.length > 0 ? `, without ${names.join(", ")}` : "";
  }

  /** Writes a comment above the launch, where one can stand there. */
  private comment(text: string): void {
    const { launch } = this.rewriting;
    const changed = withText(this.launchDocument, this.rewriting.text);
    const line = silencedLine(changed, headOf(launch).start);
    const { position, newText } = commentAbove(changed.document, line, text);
    const start = changed.document.offsetAt(position);
    const words = (one: Launch) =>
      one.arguments.map(({ flag, valueSource }) => `${flag} ${valueSource}`).join("\n");
    const before = this.rewriting.text;
    this.rewriting.apply([{ span: { start, end: start }, newText }]);
    // Inside a folded text a comment would swallow what follows.
    if (words(this.rewriting.launch) !== words(launch)) this.rewriting.restore(before);
  }

  private judge(text: string, release: Release): JudgedLaunch {
    const { notation, catalogue } = this.launchDocument;
    const file: JudgedFile = judgeFile(notation.find(text), { fixed: release }, catalogue, this.surroundings);
    return file.launches[this.index] as JudgedLaunch;
  }
}

/** The rules that say what a migration says already. */
const ELSEWHERE = new Set(["flag-of-another-release", "value-of-another-release"]);

/** What keeps a launch from working. */
function isStop({ effect, confidence }: Finding): boolean {
  return effect === "refused" || (effect === "fails-later" && confidence === undefined);
}

function keyOf({ code, flag }: Finding): string {
  return `${code} ${flag}`;
}

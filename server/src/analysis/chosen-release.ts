/** Chooses the release that judges a launch, with the reason. */
import { byPreference, findRelease } from "../catalogue/find-release";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import { converts } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import { type Argument, type Launch, type Pin, writtenFor } from "../launch/launch";
import { meaningOf } from "../launch/meaning";

/** The reason for a choice, with the words of `check --format json`. */
export type ReleaseReason = "modeline" | "option" | "setting" | "source" | "image" | "inferred" | "newest";

export interface ChosenRelease {
  readonly release: Release;
  readonly reason: ReleaseReason;
  /** A release that was requested but is unknown, so that it was skipped. */
  readonly unknown?: string;
  /** The version near the launch that determined the choice, or would have if it were known. */
  readonly pin?: Pin;
  /** Whether a "setting" is that of the project's configuration file. */
  readonly configured?: true;
  /** Whether the other files of its deployment decided. */
  readonly ofDeployment?: true;
}

/** Requested releases, strongest first; absent if not requested. */
export interface ReleaseWishes {
  readonly option?: string | undefined;
  readonly modeline?: string | undefined;
  readonly setting?: string | undefined;
  /** The release that the project's configuration file names. */
  readonly configured?: string | undefined;
  /** The LightLLM of the workspace or of the selected Python environment, read from its source. */
  readonly source?: Release | undefined;
  /** The version that the values of its chart name for its image. */
  readonly chart?: Pin | undefined;
  /** What the launches that the file starts together fit best, if their words alone would give several releases. */
  readonly shared?: ChosenRelease | undefined;
}

/** The release that is asked for by name, or the workspace's own; undefined if the text itself has to decide. */
export function namedRelease(
  wishes: Omit<ReleaseWishes, "shared">,
  catalogue: Catalogue,
): ChosenRelease | undefined {
  for (const wish of ["option", "modeline", "setting", "configured"] as const) {
    const name = wishes[wish];
    const release = name ? findRelease(name, catalogue) : undefined;
    if (release && wish === "configured") return { release, reason: "setting", configured: true };
    if (release) return { release, reason: wish as Exclude<typeof wish, "configured"> };
  }
  return wishes.source && { release: wishes.source, reason: "source" };
}

/**
 * The release that judges: the one requested by option, directive or setting; else the workspace's own LightLLM; else
 * the version that an image or package near the launch names; else the newest that knows all flags and values, or most
 * of them if none knows all; else the newest. A tagged release takes precedence over a snapshot.
 */
export function chooseRelease(launch: Launch, wishes: ReleaseWishes, catalogue: Catalogue): ChosenRelease {
  const named = namedRelease(wishes, catalogue);
  const unknown = [wishes.option, wishes.modeline].find((name) => name && !findRelease(name, catalogue));
  const lost = unknown ? { unknown } : {};
  if (named?.reason === "source") return { ...named, ...lost };
  if (named) return named;
  const pins = [...(wishes.chart ? [wishes.chart] : []), ...(launch.pins ?? [])];
  for (const pin of pins) {
    const release = findRelease(pin.version, catalogue);
    if (release) return { release, reason: "image", pin, ...lost };
  }
  const [pin] = pins;
  return { ...(wishes.shared ?? inferRelease(launch, catalogue)), ...(pin && { pin }), ...lost };
}

/** The release that fits several launches of one deployment best; undefined if each of them alone gives the same one. */
export function sharedRelease(launches: readonly Launch[], catalogue: Catalogue): ChosenRelease | undefined {
  return new LaunchesTogether(launches, catalogue).release();
}

/**
 * The launches of one deployment, and which release fits them best. Launches near which a known version is named are
 * left out: that decides for them.
 */
export class LaunchesTogether {
  private readonly open: readonly Launch[];
  /** How many launches alone give each release. */
  private alone: ReadonlyMap<Release, number> | undefined;
  private readonly losses = new Map<Release, number>();

  constructor(
    launches: readonly Launch[],
    private readonly catalogue: Catalogue,
  ) {
    this.open = launches.filter((launch) => this.counts(launch));
  }

  /** The release that fits the launches best; undefined if each of them alone gives the same one. */
  release(): ChosenRelease | undefined {
    return this.releaseWith([]);
  }

  /** The same with some launches exchanged for others; it takes as long as these alone. */
  releaseWith(exchanged: readonly (readonly [before: Launch, after: Launch])[]): ChosenRelease | undefined {
    const { catalogue } = this;
    const changes = exchanged.flatMap((pair) =>
      pair.map((launch, at) => ({ launch, by: at === 0 ? -1 : 1 })).filter((one) => this.counts(one.launch)),
    );
    if (!this.differ(changes)) return undefined;
    const lossOf = (release: Release) =>
      changes.reduce((sum, { launch, by }) => sum + by * knownLoss(launch, release), this.lossOf(release));
    const [first = catalogue.newest, ...others] = [catalogue.newest, ...byPreference(catalogue)];
    let best = first;
    let least = lossOf(best);
    for (const release of others) {
      const lost = lossOf(release);
      if (lost < least) {
        best = release;
        least = lost;
      }
    }
    return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
  }

  private counts({ pins = [], isMention }: Launch): boolean {
    return !isMention && !pins.some(({ version }) => findRelease(version, this.catalogue));
  }

  /** Whether not all launches alone give the same release. */
  private differ(changes: readonly { readonly launch: Launch; readonly by: number }[]): boolean {
    const { catalogue } = this;
    const count = (counts: Map<Release, number>, launch: Launch, by: number) => {
      const { release } = inferRelease(launch, catalogue);
      counts.set(release, (counts.get(release) ?? 0) + by);
      return counts;
    };
    this.alone ??= this.open.reduce((counts, launch) => count(counts, launch, 1), new Map());
    const alone = changes.reduce((counts, { launch, by }) => count(counts, launch, by), new Map(this.alone));
    return [...alone.values()].filter((number) => number > 0).length > 1;
  }

  private lossOf(release: Release): number {
    const known =
      this.losses.get(release) ?? this.open.reduce((sum, one) => sum + knownLoss(one, release), 0);
    this.losses.set(release, known);
    return known;
  }
}

/** By the meaning of the launch and the id of the release. */
const losses = new WeakMap<object, Map<string, number>>();

function knownLoss(launch: Launch, release: Release): number {
  const meaning = meaningOf(launch);
  const known = losses.get(meaning) ?? new Map<string, number>();
  losses.set(meaning, known);
  const lost = known.get(release.id) ?? loss(launch, release);
  known.set(release.id, lost);
  return lost;
}

interface Inferred {
  readonly catalogue: Catalogue;
  readonly chosen: ChosenRelease;
}

/** By the meaning of the launch. */
const inferred = new WeakMap<object, Inferred>();

/** Cached: a launch is immutable, and moving it changes nothing. */
function inferRelease(launch: Launch, catalogue: Catalogue): ChosenRelease {
  const meaning = meaningOf(launch);
  const before = inferred.get(meaning);
  if (before?.catalogue === catalogue) return before.chosen;
  const chosen = bestKnowing(launch, catalogue);
  inferred.set(meaning, { catalogue, chosen });
  return chosen;
}

function bestKnowing(launch: Launch, catalogue: Catalogue): ChosenRelease {
  let best = catalogue.newest;
  let least = loss(launch, best);
  if (least === 0) return { release: best, reason: "newest" };
  for (const release of byPreference(catalogue)) {
    const lost = loss(launch, release, least);
    if (lost < least) {
      best = release;
      least = lost;
    }
  }
  return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
}

/**
 * How badly a release fits a launch: 2 for each unknown flag, 1 for each flag with an unknown word. Stops at `most`.
 */
function loss(launch: Launch, release: Release, most = Number.POSITIVE_INFINITY): number {
  let lost = 0;
  for (const argument of writtenFor(launch)) {
    if (lost >= most) break;
    const what = argument.counts ? misfit(argument, release) : undefined;
    if (what) lost += what === "flag" ? 2 : 1;
  }
  return lost;
}

/**
 * Whether a release does not know an argument's flag, or a word of its value. Wrong dashes and capitals are ignored.
 */
function misfit(argument: Argument, release: Release): "flag" | "value" | undefined {
  const flag = flagMeant(argument.flag, release);
  if (!flag) return "flag";
  const foreign = argument.words.some(({ text }) => text !== undefined && !isKnownWord(text, flag));
  return foreign ? "value" : undefined;
}

/** A correctly spelt flag: lower case, with underscores. */
const PLAIN = /^--[a-z\d_]+$/;

/** The flag of a release, even if it is written with wrong dashes or capitals. */
function flagMeant(written: string, { byName }: Release): Flag | undefined {
  const name = written.split("=", 1)[0] ?? "";
  return byName.get(name) ?? (PLAIN.test(name) ? undefined : byName.get(`--${fold(name)}`));
}

function isKnownWord(text: string, flag: Flag): boolean {
  if (!converts(text, flag)) return false;
  if (flag.choices) return flag.choices.includes(text);
  return flag.words.length === 0 || flag.words.includes(text);
}

/** The arguments of a launch that a release does not know exactly as written. */
export function misfits(launch: Launch, release: Release): readonly Argument[] {
  return writtenFor(launch).filter((argument) => argument.counts && misfit(argument, release) !== undefined);
}

/** The other releases that know a launch as well as the chosen one, in order of preference. */
export function equallyGood(launch: Launch, chosen: Release, catalogue: Catalogue): readonly Release[] {
  const most = loss(launch, chosen);
  return byPreference(catalogue).filter(
    (release) => release !== chosen && loss(launch, release, most + 1) <= most,
  );
}

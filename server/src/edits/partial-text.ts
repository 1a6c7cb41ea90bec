/**
 * A document reduced to the parts that edits concern, so that testing a fix takes as long as reading its part. The other
 * parts are left out if the notation says that all parts are read without one another.
 */
import { LaunchesTogether } from "../analysis/chosen-release";
import { type LaunchDocument, withText } from "../analysis/document";
import { judgedTogether } from "../analysis/judge-file";
import { reportedFindings } from "../analysis/reported-findings";
import { type Directive, findDirectives } from "../launch/directives";
import { type Launch, type Span, spanFrom, type TextChange } from "../launch/launch";
import { rememberedFor } from "../launch/remembered";
import type { Notation } from "../notations";
import { partFrom } from "../notations/parts";
import { type Reading, type ReadLaunch, readFile, readingOf } from "./reading";
import { applyEdits } from "./text-edits";
import { type Unit, unitAround, unitsOf, unitsStay } from "./units";

/** What all reduced texts of a document have in common. */
interface Common {
  /** The text without its units, and the place of each unit in it. */
  readonly outside: string;
  readonly places: ReadonlyMap<Unit, number>;
  readonly last: Unit | undefined;
  /** The indices of the launches in each unit; `undefined`: outside all units. */
  readonly launches: ReadonlyMap<Unit | undefined, readonly number[]>;
  /** The launches whose words decide together which release judges them, if nothing else decides. */
  readonly together: LaunchesTogether | undefined;
  /** Their indices. */
  readonly isTogether: ReadonlySet<number>;
  readonly cache: unknown;
}

const commonOf = rememberedFor((launchDocument: LaunchDocument): Common => {
  const { notation, file, directives, settings, catalogue } = launchDocument;
  const units = unitsOf(launchDocument);
  const places = new Map<Unit, number>();
  const pieces: string[] = [];
  let end = 0;
  let length = 0;
  for (const unit of units) {
    pieces.push(file.text.slice(end, unit.start));
    length += unit.start - end;
    places.set(unit, length);
    end = unit.end;
  }
  pieces.push(file.text.slice(end));
  const launches = new Map<Unit | undefined, number[]>();
  for (const [index, { span }] of file.launches.entries()) {
    const unit = unitAround(units, spanFrom(span.start, span.start));
    const own = launches.get(unit);
    if (own) own.push(index);
    else launches.set(unit, [index]);
  }
  const together = judgedTogether(file, directives, settings);
  const each = new Set(together);
  return {
    outside: pieces.join(""),
    places,
    last: units.at(-1),
    launches,
    together: together && new LaunchesTogether(together, catalogue),
    isTogether: new Set(
      [...file.launches.keys()].filter((index) => each.has(file.launches[index] as Launch)),
    ),
    cache: notation.newCache(),
  };
});

export class PartialText {
  private constructor(
    private readonly launchDocument: LaunchDocument,
    /** The reading of the reduced text. */
    readonly before: Reading,
    /** What edits may change, in the document and in the reduced text. */
    private readonly kept: ReadonlyMap<Unit, Unit>,
    /** The index in the document of each launch. */
    private readonly indices: readonly number[],
  ) {}

  /**
   * The document without all its units but some; undefined if its launches are read in another way then.
   *
   * @param units in the order of the text.
   */
  static of(launchDocument: LaunchDocument, units: readonly Unit[]): PartialText | undefined {
    const { notation, file } = launchDocument;
    const { outside, places, last, launches, cache } = commonOf(launchDocument);
    const pieces: string[] = [];
    const kept = new Map<Unit, Unit>();
    let end = 0;
    let length = 0;
    for (const unit of units) {
      const place = places.get(unit) ?? 0;
      const start = length + place - end;
      pieces.push(outside.slice(end, place), file.text.slice(unit.start, unit.end));
      end = place;
      length = start + unit.end - unit.start;
      kept.set(unit, partFrom(start, length, unit.key));
    }
    pieces.push(outside.slice(end));
    if (last && !kept.has(last)) pieces.push(last.stub ?? "");
    const text = pieces.join("");
    const indices = [undefined, ...units].flatMap((unit) => launches.get(unit) ?? []).sort((a, b) => a - b);
    const reduced = notation.find(text, cache);
    if (reduced.launches.length !== indices.length) return undefined;
    const whole = readingOf(launchDocument);
    const around = indices.map((index) => whole.around[index] ?? {});
    const before = readFile(launchDocument, reduced, findDirectives(text, notation.comments), around);
    const isAsBefore =
      before.launches.every((launch, at) => isSame(launch, whole.launches[indices[at] ?? -1])) &&
      unitsStay([...kept.values()], notation.partsOf?.(text) ?? []);
    return isAsBefore ? new PartialText(launchDocument, before, kept, indices) : undefined;
  }

  get notation(): Notation {
    return this.launchDocument.notation;
  }

  /** The index of a launch in the reduced text, -1 for none; undefined if it is left out. */
  indexOf(launch: number): number | undefined {
    const index = this.indices.indexOf(launch);
    return launch >= 0 && index < 0 ? undefined : index;
  }

  /** The place in the reduced text of a span in a unit. */
  spanOf({ start, end }: Span, unit: Unit): Span {
    const by = (this.kept.get(unit)?.start ?? 0) - unit.start;
    return spanFrom(start + by, end + by);
  }

  /** The place in the document of a span of the reduced text; undefined if it is not in a unit that it keeps. */
  spanInDocument({ start, end }: Span): Span | undefined {
    for (const [unit, own] of this.kept)
      if (own.start <= start && end <= own.end && start < own.end)
        return spanFrom(start - own.start + unit.start, end - own.start + unit.start);
    return undefined;
  }

  /**
   * The reading after edits of the reduced text; undefined if the text that is left out could be read in another way
   * then, or if launches appear or disappear.
   */
  read(edits: readonly TextChange[]): Reading | undefined {
    const { launchDocument, before } = this;
    const { notation } = launchDocument;
    const text = applyEdits(before.text, edits);
    const file = notation.find(text, commonOf(launchDocument).cache);
    if (file.launches.length !== before.launches.length) return undefined;
    const moved = [...this.kept.values()].map((unit) => afterEdits(unit, edits));
    if (!unitsStay(moved, notation.partsOf?.(text) ?? [])) return undefined;
    const directives = findDirectives(text, notation.comments);
    const steering = steeringOf(findDirectives(before.text, notation.comments));
    if (steeringOf(directives) !== steering || this.changesRelease(file.launches)) return undefined;
    return readFile(launchDocument, file, directives, before.around);
  }

  /** Whether with the launches as they are now, another release would judge those of the document. */
  private changesRelease(now: readonly Launch[]): boolean {
    const { together, isTogether } = commonOf(this.launchDocument);
    if (!together) return false;
    const exchanged = this.before.launches.flatMap(({ launch }, at): [Launch, Launch][] =>
      isTogether.has(this.indices[at] ?? -1) ? [[launch, now[at] ?? launch]] : [],
    );
    const [first] = readingOf(this.launchDocument).around;
    return together.releaseWith(exchanged)?.release !== first?.shared?.release;
  }
}

/**
 * The unit that holds a span with the text around all units, judged before and after an edit. Undefined if the edit
 * could change more, or if the unit alone is judged in another way.
 */
export function editedPart(
  launchDocument: LaunchDocument,
  span: Span,
  edit: TextChange,
): readonly [before: LaunchDocument, after: LaunchDocument] | undefined {
  const units = unitsOf(launchDocument);
  const unit = unitAround(units, span);
  if (!unit || unitAround(units, edit.span) !== unit) return undefined;
  const part = PartialText.of(launchDocument, [unit]);
  if (!part) return undefined;
  const inPart = { ...edit, span: part.spanOf(edit.span, unit) };
  if (!part.read([inPart])) return undefined;
  const releases = launchDocument.launches.filter((_, index) => part.indexOf(index) !== undefined);
  const [fixed, ...others] = new Set(releases.map(({ chosen }) => chosen.release));
  if (!fixed || others.length > 0) return undefined;
  const asJudged = { ...launchDocument, cache: undefined, settings: { ...launchDocument.settings, fixed } };
  const before = withText(asJudged, part.before.text);
  const countIn = (one: LaunchDocument, { start, end }: Span) =>
    reportedFindings(one).filter((finding) => start <= finding.span.start && finding.span.end <= end).length;
  const own = part.spanOf(unit, unit);
  if (countIn(before, own) !== countIn(launchDocument, unit)) return undefined;
  return [before, withText(asJudged, applyEdits(part.before.text, [inPart]))];
}

function isSame(one: ReadLaunch, other: ReadLaunch | undefined): boolean {
  return (
    other !== undefined &&
    one.isBroken === other.isBroken &&
    one.environment === other.environment &&
    JSON.stringify([...one.words]) === JSON.stringify([...other.words]) &&
    JSON.stringify([...one.tally]) === JSON.stringify([...other.tally])
  );
}

/** The directives that say something about launches besides what to silence. */
function steeringOf(directives: readonly Directive[]): string {
  const steering = directives.filter(({ kind }) => !kind.startsWith("disable-"));
  return JSON.stringify(steering, (key, value) =>
    key === "span" || key === "valueSpan" ? undefined : value,
  );
}

/** A unit after edits in it or outside it. Text that is inserted at its start belongs to it. */
function afterEdits({ start, end, key }: Unit, edits: readonly TextChange[]): Unit {
  let [from, to] = [start, end];
  for (const { span, newText } of edits) {
    const grown = newText.length - (span.end - span.start);
    if (span.end <= start && span.start < start) from += grown;
    if (span.end < end || span.start < end) to += grown;
  }
  return partFrom(from, to, key);
}

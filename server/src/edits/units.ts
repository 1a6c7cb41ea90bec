/** Units of a document: a launch, and what is written up to the next one, read without the rest of the text. */
import type { LaunchDocument } from "../analysis/document";
import type { Span } from "../launch/launch";
import { rememberedFor } from "../launch/remembered";
import { partFrom, type TextPart } from "../notations/parts";

/** One or more parts of a text that follow one another. Edits may move the borders between them, but not its own. */
export type Unit = TextPart;

/** The units of a document, in order; none if its notation knows no parts. */
export const unitsOf = rememberedFor(({ notation, file }: LaunchDocument): readonly Unit[] => {
  const units: Unit[] = [];
  const starts = file.launches.map(({ span }) => span.start).sort((a, b) => a - b);
  let launch = 0;
  for (const part of notation.partsOf?.(file.text) ?? []) {
    const last = units.at(-1);
    while ((starts[launch] ?? part.start) < part.start) launch++;
    const beginsLaunch = (starts[launch] ?? part.end) < part.end;
    if (beginsLaunch || last?.end !== part.start) units.push(part);
    else units[units.length - 1] = joined([last, part]);
  }
  return units;
});

/** The unit that holds a span. */
export function unitAround(units: readonly Unit[], { start, end }: Span): Unit | undefined {
  const unit = units[lastBefore(units, start)];
  return unit && end <= unit.end && start < unit.end ? unit : undefined;
}

/**
 * Units in groups to read together: each is at least as long as the text around all units, which is read with it. None
 * if that would not be much less than the whole text.
 */
export function groupedUnits(
  launchDocument: LaunchDocument,
  concerned: Iterable<Unit>,
): readonly (readonly Unit[])[] {
  const { length } = launchDocument.file.text;
  const outside = unitsOf(launchDocument).reduce((rest, { start, end }) => rest - (end - start), length);
  const groups: Unit[][] = [];
  if (outside > length / 2) return groups;
  let left = 0;
  for (const unit of [...concerned].sort((a, b) => a.start - b.start)) {
    const group = left > 0 ? groups.at(-1) : undefined;
    if (group) group.push(unit);
    else groups.push([unit]);
    left = (group ? left : outside) - (unit.end - unit.start);
  }
  return groups;
}

/** Units with one beside them: what two launches have in common, such as their job, is read in the same way then. */
export function withNext(group: readonly Unit[], units: readonly Unit[]): readonly Unit[] {
  const at = lastBefore(units, group.at(-1)?.start ?? 0);
  const next = units[at + 1];
  const first = units[0];
  if (next) return [...group, next];
  return first && first !== group[0] ? [first, ...group] : group;
}

/** The index of the last of several spans in order that begins at an offset or before it; -1 for none. */
export function lastBefore(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether the parts of a text make up these units. */
export function unitsStay(units: readonly Unit[], parts: readonly TextPart[]): boolean {
  let at = 0;
  return units.every(({ start, end, key }) => {
    while ((parts[at]?.end ?? start + 1) <= start) at++;
    const own: TextPart[] = [];
    for (let part = parts[at]; part && part.start < end; part = parts[++at]) own.push(part);
    const isGap = (part: TextPart, index: number) => part.start !== (own[index - 1]?.end ?? start);
    return own.at(-1)?.end === end && !own.some(isGap) && joined(own).key === key;
  });
}

function joined(parts: readonly TextPart[]): Unit {
  const keys = parts.map(({ key }) => key).filter((key) => key !== "");
  const { end = 0, stub } = parts.at(-1) ?? {};
  return partFrom(parts[0]?.start ?? 0, end, keys.join(" "), stub);
}

/** Shared text, never edited for a single launch: an `export` above several launches, an array of arguments. */
import type { Launch } from "../../launch/launch";

/** Whether another launch uses the same text for a flag or variable. */
export function sharesWith(other: Launch, launch: Launch, name: string): boolean {
  const places = placesOf(name, launch);
  return placesOf(name, other).some((place) => places.includes(place));
}

/** Offsets of the name of a flag or variable. */
function placesOf(name: string, { arguments: given, environment }: Launch): number[] {
  return [
    ...given.filter(({ flag }) => flag === name).map(({ flagSpan }) => flagSpan.start),
    ...environment.filter((variable) => variable.name === name).map(({ nameSpan }) => nameSpan.start),
  ];
}

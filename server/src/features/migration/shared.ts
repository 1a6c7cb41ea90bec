/** What launches of a file share: an `export` above them, an array of arguments. It is not for one of them to change alone. */
import type { Launch } from "../../launch/launch";

/** Whether a flag or a variable of a launch is written in a place that is another launch's too. */
export function sharesWith(other: Launch, launch: Launch, name: string): boolean {
  const places = placesOf(name, launch);
  return placesOf(name, other).some((place) => places.includes(place));
}

/** Where a flag or a variable is written, by the offset of its name. */
function placesOf(name: string, { arguments: given, environment }: Launch): number[] {
  return [
    ...given.filter(({ flag }) => flag === name).map(({ flagSpan }) => flagSpan.start),
    ...environment.filter((variable) => variable.name === name).map(({ nameSpan }) => nameSpan.start),
  ];
}

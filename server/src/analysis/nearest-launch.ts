/** Finds the launch for a command that is called at a place in a file. */
import { type LaunchDocument, launchAt } from "./document";

/** The index of the launch at an offset, else of the nearest one; `undefined` if the file has no launches. */
export function nearestLaunch(launchDocument: LaunchDocument, offset: number): number | undefined {
  const { launches } = launchDocument;
  const here = launchAt(launchDocument, offset);
  if (here) return launches.indexOf(here);
  let nearest: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { launch }] of launches.entries()) {
    const { start, end } = launch.span;
    const distance = offset < start ? start - offset : offset - end;
    if (distance >= least) continue;
    least = distance;
    nearest = index;
  }
  return nearest;
}

/** Which line a `disable-next-line` comment silences. */
import { launchAround } from "../notations";
import type { LaunchDocument } from "./document";

/**
 * The line that a `disable-next-line` comment must stand above to silence what begins at an offset: the line itself, or
 * the first line of a launch that goes on over several, since a comment inside it would end the command or break a list.
 */
export function silencedLine({ document, file }: LaunchDocument, offset: number): number {
  const line = document.positionAt(offset).line;
  const launch = launchAround(file, offset);
  if (!launch || launch.form.kind === "mapping" || isListOfLines(launch.form)) return line;
  return Math.min(line, document.positionAt(launch.span.start).line);
}

function isListOfLines(form: { readonly kind: string; readonly style?: string }): boolean {
  return form.kind === "list" && form.style === "yaml-block";
}

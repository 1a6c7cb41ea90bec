/** The line that a `disable-next-line` comment silences. */
import { launchAround } from "../notations";
import type { LaunchDocument } from "./document";

/**
 * The line above which a `disable-next-line` comment silences text at an offset: the line itself, or the first line of
 * a launch of several lines, because a comment inside would end the command or break a list.
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

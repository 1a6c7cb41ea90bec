/** Comments as lines of a file. None of them ends before its line does, whatever it holds. */
import { directiveComment, directiveText } from "../../launch/directive-comment";
import { onOneLine } from "../../launch/visible-text";
import type { Comments, PortableArgument, PortableLaunch } from "../portable";

/** Lines with `#` in front; a blank one between two comments stays blank. */
export function commentLines(lines: readonly string[], indent = ""): string[] {
  return lines.map((line) => (line === "" ? "" : comment(line, indent)));
}

/** Lines with `#` in front, blank ones too: for places where comments that stand apart would be about something else. */
export function joinedCommentLines(lines: readonly string[], indent = ""): string[] {
  return lines.map((line) => comment(line, indent));
}

function comment(line: string, indent: string): string {
  return `${indent}# ${onOneLine(line.replaceAll("\t", " "))}`.trimEnd();
}

/** All that is said of something, where nothing can stand behind it. */
export function saidOf({ above, behind }: Comments): string[] {
  return [...above, ...(behind === undefined ? [] : [behind])];
}

/** A line of the file with its comments: above it, and behind it. */
export function withComments(line: string, { above, behind }: Comments, indent = ""): string[] {
  const comment = behind === undefined ? "" : `  # ${onOneLine(behind.replace(/\s+/g, " "))}`;
  return [...commentLines(above, indent), `${line}${comment}`];
}

/** What stands on top: the release that judges, and what the launch is for. */
export function headLines(
  { release, head }: Pick<PortableLaunch, "release" | "head">,
  indent = "",
): string[] {
  const modeline = release === undefined ? [] : [`${indent}# ${directiveText("release", release)}`];
  return [...modeline, ...joinedCommentLines(head, indent)];
}

/** What is said of a flag where nothing can stand beside it: its name goes in front, and further lines are indented. */
export function aboutFlag({ flag, comments }: PortableArgument): string[] {
  const said: string[] = [];
  const silenced: string[] = [];
  for (const line of saidOf(comments)) {
    const { word, value } = directiveComment(`# ${line}`) ?? {};
    // What silences the next line would silence another one here.
    if (word === "disable-next-line" && value !== undefined)
      silenced.push(directiveText("disable-file", value));
    else said.push(line);
  }
  if (flag === undefined) return [...said, ...silenced];
  const about = said.map((line, at) => (at === 0 ? `${flag}: ${line}` : `  ${line}`));
  return [...about, ...silenced];
}

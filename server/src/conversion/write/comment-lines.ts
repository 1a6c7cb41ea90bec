/** Comments as lines of a file. Whatever it contains, no comment continues after its line. */
import { directiveComment, directiveText } from "../../launch/directive-comment";
import { onOneLine } from "../../launch/visible-text";
import type { Comments, PortableArgument, PortableLaunch } from "../portable";

/** Lines with `#` before them; a blank line between two comments stays blank. */
export function commentLines(lines: readonly string[], indent = ""): string[] {
  return lines.map((line) => (line === "" ? "" : comment(line, indent)));
}

/** Lines with `#` before them, blank lines too: for places where a separate comment would refer to something else. */
export function joinedCommentLines(lines: readonly string[], indent = ""): string[] {
  return lines.map((line) => comment(line, indent));
}

function comment(line: string, indent: string): string {
  return `${indent}# ${onOneLine(line.replaceAll("\t", " "))}`.trimEnd();
}

/** All comments of a part, for notations without comments at the end of a line. */
export function allComments({ above, trailing }: Comments): string[] {
  return [...above, ...(trailing === undefined ? [] : [trailing])];
}

/** A line of the file with the comments above and after it. */
export function withComments(line: string, { above, trailing }: Comments, indent = ""): string[] {
  const comment = trailing === undefined ? "" : `  # ${onOneLine(trailing.replace(/\s+/g, " "))}`;
  return [...commentLines(above, indent), `${line}${comment}`];
}

/** Lines at the top: the release directive, and the comments that describe the launch. */
export function headLines(
  { release, head }: Pick<PortableLaunch, "release" | "head">,
  indent = "",
): string[] {
  const modeline = release === undefined ? [] : [`${indent}# ${directiveText("release", release)}`];
  return [...modeline, ...joinedCommentLines(head, indent)];
}

/** The comments of a flag, for places without comments of their own: prefixed with its name, further lines indented. */
export function aboutFlag({ flag, comments }: PortableArgument): string[] {
  const said: string[] = [];
  const silenced: string[] = [];
  for (const line of allComments(comments)) {
    const { word, value } = directiveComment(`# ${line}`) ?? {};
    // A directive for the next line would apply to another line here.
    if (word === "disable-next-line" && value !== undefined)
      silenced.push(directiveText("disable-file", value));
    else said.push(line);
  }
  if (flag === undefined) return [...said, ...silenced];
  const about = said.map((line, at) => (at === 0 ? `${flag}: ${line}` : `  ${line}`));
  return [...about, ...silenced];
}

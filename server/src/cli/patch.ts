/** Patches for people and for `git apply`. */
import { createTwoFilesPatch } from "diff";
import { inOctal } from "../service";
import { colours } from "./colours";

/** The difference between two texts of a file as a patch that Git applies; empty if there is none. */
export function patchOf(path: string, before: string, after: string): string {
  if (before === after) return "";
  const name = path === "-" ? "launch" : path.replace(/^\.?\//, "");
  const text = createTwoFilesPatch(
    inDiff(`a/${name}`),
    inDiff(`b/${name}`),
    before,
    after,
    undefined,
    undefined,
    {
      context: 3,
    },
  );
  const paint = colours();
  const body = text.replace(/^=+\n/, "");
  return body
    .split("\n")
    .map((line) => {
      // A carriage return of a Windows line end stays at the end.
      const [, said = "", end = ""] = /^([+-].*?)(\r?)$/s.exec(line) ?? [];
      return said === "" ? line : paint.change(said) + end;
    })
    .join("\n");
}

/** A file name in Git's quoting, so that it cannot end its line or imitate another name. */
function inDiff(name: string): string {
  const quoted = inOctal(name, '"');
  return quoted === name ? name : `"${quoted}"`;
}

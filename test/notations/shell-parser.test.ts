/** The behaviour of the shell parser that we rely on: the package is young, and its next version may differ. */
import { describe, expect, test } from "vitest";
import {
  type Command,
  forEachChild,
  parseShell,
  type ShellNode,
} from "../../server/src/notations/shell/shell-parser";

/** Every simple command of a text: its words as written, with their places. */
function commands(text: string): string[][] {
  const found: string[][] = [];
  const look = (node: ShellNode) => {
    if (node.type === "Command") {
      const { name, suffix } = node as Command;
      const words = [name, ...suffix].filter((one) => one?.type === "Word");
      for (const word of words)
        expect(
          text
            .replace(/\\\r\n/g, " \\\n")
            .replace(/\r\n/g, " \n")
            .slice(word.pos, word.end),
        ).toBe(word.text);
      if (words.length > 0) found.push(words.map((word) => word.text));
    }
    forEachChild(node, (child) => look(child as ShellNode));
  };
  const script = parseShell(text);
  if (script) look(script as ShellNode);
  return found;
}

describe("the shell parser", () => {
  test.each<[string, string, string[][]]>([
    ["continuation lines", "a --b \\\n  c", [["a", "--b", "c"]]],
    ["CRLF, as if it were LF", "a --b \\\r\n  c\r\n", [["a", "--b", "c"]]],
    ["quotes and escapes", `a "b c" 'd e' f\\ g`, [["a", '"b c"', "'d e'", "f\\ g"]]],
    ["an unclosed quote", 'a "b c', [["a", '"b c']]],
    ["a dangling flag", "a --", [["a", "--"]]],
    [
      "redirections and pipes",
      "a b > log 2>&1 | tee c &",
      [
        ["a", "b"],
        ["tee", "c"],
      ],
    ],
    ["words after a redirection", "a > log --b", [["a", "--b"]]],
    ["an environment prefix", "X=1 a b", [["a", "b"]]],
    [
      "functions, if, for",
      "f() { a b; }; if c; then d; fi; for i in 1; do e $i; done",
      [["a", "b"], ["c"], ["d"], ["e", "$i"]],
    ],
    ["a here-document", "a <<EOF\nb c\nEOF\nd", [["a"], ["d"]]],
    ["command substitution", "x=$(a b)", [["a", "b"]]],
    ["arrays", 'A=(--b "c")\nd "${A[@]}"', [["d", '"${A[@]}"']]],
    ["a comment in the middle ends the command", "a --b \\\n# c\n--d", [["a", "--b"], ["--d"]]],
    ["a backslash and a space end it too", "a --b \\ \n--d", [["a", "--b", "\\ "], ["--d"]]],
    ["half a substitution", "a $(b", [["a", "$(b"], ["b"]]],
    ["nothing", "", []],
  ])("reads %s", (_, text, expected) => expect(commands(text)).toEqual(expect.arrayContaining(expected)));

  test("survives every prefix of a script", () => {
    const script =
      'export A=1\nif [ -n "$A" ]; then\n  X=(--tp 8)\n  python -m m "${X[@]}" --b="${C:-d}" $(e f) <<EOF | tee log\nx\nEOF\nfi\n';
    for (let length = 0; length <= script.length; length++) parseShell(script.slice(0, length));
  });
});

/** The words we read are the words that bash itself passes to the program. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { open } from "../support/service";

const folder = mkdtempSync(join(tmpdir(), "lightllm-bash-"));
const out = join(folder, "words");
/** `ssh` joins its words, and a shell reads them. */
const FORWARDS: Readonly<Record<string, string>> = {
  srun: 'exec "$@"',
  nohup: 'exec "$@"',
  ssh: `[ "$1" != -p ] || shift 2; shift; exec bash -c "$*"`,
};
for (const name of ["python", "python3", "srun", "nohup", "ssh"]) {
  const forwards = FORWARDS[name] ?? `for word in "$@"; do printf '%s\\0' "$word"; done > '${out}'`;
  writeFileSync(join(folder, name), `#!/bin/bash\n${forwards}\n`);
  chmodSync(join(folder, name), 0o755);
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The words after the program's name as bash passes them. */
function wordsOfBash(script: string): string[] {
  writeFileSync(out, "");
  writeFileSync(join(folder, "script.sh"), script);
  spawnSync("bash", [join(folder, "script.sh")], { env: { PATH: `${folder}:/usr/bin:/bin` }, cwd: folder });
  const words = readFileSync(out, "utf8").split("\0").slice(0, -1);
  return words.slice(words.indexOf("lightllm.server.api_server") + 1);
}

/** The words as we read them. */
function wordsOfOurs(script: string): (string | undefined)[] {
  const [judged] = open(script, {}, "shell").launches;
  return (judged?.launch.arguments ?? []).flatMap(({ flag, joined, words }) => {
    const texts = words.map(({ text }) => text);
    if (joined) return [texts[0] === undefined ? undefined : `${flag}=${texts[0]}`, ...texts.slice(1)];
    return flag === "" ? texts : [flag, ...texts];
  });
}

const RUN = "python -m lightllm.server.api_server";

test.each([
  // A backslash at the very end: removed from a script, kept in a string.
  [`${RUN} --tp 8 \\`],
  [`${RUN} --tp 8\\`],
  [`${RUN} --tp 8 \\\\`],
  [`bash -c '${RUN} --tp 8 \\'`],
  [`bash -c '${RUN} --tp 8\\'\n`],
  [`${RUN} --tp 8 \\\n  --model_name "a b" 'c d' e\\ f --x="y z"`],
  [`A=8; B="$A 9"; C='$A'\n${RUN} --a $A --b $B --c "$B" --d "$C" --e \${X:-f g} --h "\${X:-f g}"`],
  [`${RUN} --a "\${X-''}" --c "\${X:-"a 'b' c"}" --d "\${X-'a}'}" --e "\${X-\\'a\\'}\${X-a\\}b}"`],
  [`${RUN} --a "\${X-~/m}" --b "\${X:-\\"q\\" \\\\ \\$Y}" --c \${X:-\\"q\\"} --d "\${X:-'a "b c" d'}"`],
  [`ARGS=(--tp 8 "--name" "a b")\nARGS+=(--dp)\n${RUN} "\${ARGS[@]}" \${ARGS[@]}`],
  [`ARGS=(--tp "8 9")\nCMD="${RUN} \${ARGS[*]}"\n$CMD "\${ARGS[*]}" a"\${ARGS[*]}"b\n`],
  [`CMD="${RUN} --tp 8 \\\n  --dp 2 --n \\"x y\\""\neval "$CMD"`],
  [`CMD="${RUN} --tp 8 --n 'x y'"\n$CMD`],
  [`A="--n \\"x  y\\" --tp 8"\neval ${RUN} $A`],
  [`A="--n \\"x  y\\" --tp 8"\neval ${RUN} "$A"`],
  [`B='a b'\neval ${RUN} --n \\"a  b\\" --b "$B" --c '"$B"' --d ""  --e \\'c\\'`],
  [`eval ${RUN} --n "a;b" --tp 8`],
  [`CMD="${RUN}\n --tp 8\n\n --n 'x\n y'"\neval $CMD`],
  [`eval nohup "${RUN} --n 'x y'" --tp 8 \\> log`],
  [`ssh -p 22 node ${RUN} --n "a b" --m "'c d'"`],
  [`ssh node "cd . && ${RUN} --n 'a b'"`],
  [`bash -c "${RUN} --a \\"b c\\" --d 'e f'"`],
  [`E=\nnohup srun ${RUN} --tp $E --dp "$E" --x$E`],
  [`${RUN} --a "x\\$y" "\\a" '\\b' \\c "d\\\\e" $'f\\tg'`],
  [`${RUN} --tp 8\\\n--dp 2`],
  [`${RUN} --tp 8 \\ \n--dp 2`],
  [`${RUN} --tp 8 # comment\n`],
  [`${RUN} --tp 8 > /dev/null --dp 2 2>&1`],
  [`${RUN} --tp 8 \\`],
  [`N=1\nTP=\${N}6\n${RUN} --tp=$TP --name=a"b c"d`],
])("a script: %j", (script) => expect(wordsOfOurs(script)).toEqual(wordsOfBash(script)));

/** A word in one of the usual ways to quote it. */
const written = fc
  .tuple(fc.stringMatching(/^[ -~]{0,8}$/), fc.constantFrom("single", "double", "escaped"))
  .map(([word, style]) => {
    if (style === "single") return `'${word.replaceAll("'", "'\\''")}'`;
    if (style === "double") return `"${word.replace(/[\\"$`]/g, "\\$&")}"`;
    return word === "" ? "''" : word.replace(/[^A-Za-z0-9_]/g, "\\$&");
  });

test("random words in all quotes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.stringMatching(/^--[a-z]{1,6}$/), written), { maxLength: 5 }),
      (pairs) => {
        const script = `${RUN} ${pairs.map(([flag, word]) => `${flag} ${word}`).join(" \\\n  ")}\n`;
        expect(wordsOfOurs(script)).toEqual(wordsOfBash(script));
      },
    ),
    { numRuns: 60 },
  );
});

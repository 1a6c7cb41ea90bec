/** Launches in shell scripts: the ones found, with their words and the findings about their notation. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterCompletion, afterFix, atCursor, findingsOf, labelsAt, open } from "../support/service";
import { wordsOf } from "./fixtures/containers";

const { hover } = service;

const RUN = "python -m lightllm.server.api_server";

/** The words of each launch; `?` an unknown one, `?*` any number of them. */
function wordsIn(text: string): string[][] {
  return open(text, {}, "shell").launches.map(({ launch }) => wordsOf(launch));
}

describe("finds the launch", () => {
  test.each<[string, string, string[][]]>([
    ["alone", `${RUN} --tp 8\n`, [["--tp", "8"]]],
    ["without arguments", `${RUN}\n`, [[]]],
    ["on continuation lines", `${RUN} \\\n  --tp 8 \\\n  --dp 2\n`, [["--tp", "8", "--dp", "2"]]],
    [
      "with python3, a path, flags of Python",
      "/opt/py/bin/python3 -u -m lightllm.server.api_server --tp 8",
      [["--tp", "8"]],
    ],
    [
      "with Python in a variable",
      'PY=${PYTHON_BIN:-python3}\n"$PY" -m lightllm.server.api_server --tp 8',
      [["--tp", "8"]],
    ],
    ["by the path of the file", "python /lightllm/lightllm/server/api_server.py --tp 8", [["--tp", "8"]]],
    [
      "after an environment and nohup, with a redirection",
      `A=1 B="x y" nohup ${RUN} --tp 8 > log 2>&1 &`,
      [["--tp", "8"]],
    ],
    ["before a pipe", `${RUN} --tp 8 2>&1 | tee log.txt`, [["--tp", "8"]]],
    [
      "after sudo, env, numactl, nsys, srun",
      `sudo env A=1 numactl -N 0 nsys profile -o x srun -n 1 ${RUN} --tp 8`,
      [["--tp", "8"]],
    ],
    [
      "in a function, an if, a loop",
      `f() { ${RUN} --tp 1; }\nif a; then ${RUN} --tp 2; fi\nfor i in 1 2; do ${RUN} --tp 3; done`,
      [
        ["--tp", "1"],
        ["--tp", "2"],
        ["--tp", "3"],
      ],
    ],
    ["in a command substitution", `PID=$(${RUN} --tp 8 & echo $!)`, [["--tp", "8"]]],
    [
      "in a string for bash -c",
      `bash -c "cd /x && ${RUN} --model_name \\"a b\\" --tp 8"`,
      [["--model_name", "a b", "--tp", "8"]],
    ],
    ["in single quotes for bash -lc", `srun bash -lc '${RUN} --tp 8'`, [["--tp", "8"]]],
    ["in tmux", `tmux send-keys -t s:0 '${RUN} --tp 8' C-m`, [["--tp", "8"]]],
    ["in docker run", `docker run --gpus all -e LOADWORKER=18 image ${RUN} --tp 8`, [["--tp", "8"]]],
    ["in docker exec", `docker exec c bash -c "${RUN} --tp 8"`, [["--tp", "8"]]],
    ["over ssh, in a here-document", `ssh host <<'EOF'\nexport A=1\n${RUN} --tp 8\nEOF\n`, [["--tp", "8"]]],
    ["in a command string, evaluated", `CMD="${RUN} \\\n  --tp 8"\neval "$CMD"`, [["--tp", "8"]]],
    ["in a command string, run as words", `CMD="${RUN} --tp 8"\n$CMD --dp 2`, [["--tp", "8", "--dp", "2"]]],
    [
      "in a command array",
      `CMD=(${RUN} --tp 8)\nCMD+=(--dp 2)\nexec "\${CMD[@]}"`,
      [["--tp", "8", "--dp", "2"]],
    ],
    [
      "twice in one file",
      `${RUN} --tp 1 &\n${RUN} --tp 2 &\nwait\n`,
      [
        ["--tp", "1"],
        ["--tp", "2"],
      ],
    ],
    ["below a comment that says so", "# lightllm: args\nserve.sh node1 --tp 8\n", [["--tp", "8"]]],
    [
      "below that comment once, whatever other commands the line has",
      "# lightllm: args\nserve.sh --tp $(nproc --all) --dp `cat --dp n` | tee --append log; ls -a && pwd -P\n",
      [["--tp", "?*", "--dp", "?*"]],
    ],
  ])("%s", (_, text, expected) => expect(wordsIn(text)).toEqual(expected));

  test.each([
    [`echo "${RUN} --tp x"`],
    [`printf '%s\\n' "${RUN} --tp x"`],
    [`# ${RUN} --tp x`],
    ["pkill -f lightllm.server.api_server"],
    [`ps aux | grep "${RUN}" | awk '{print $2}'`],
    ["pip install lightllm\nls --tp x"],
    ["cat <<EOF > notes.txt\nlightllm is started with --tp\nEOF"],
    ["python -m vllm.entrypoints.api_server --tp x"],
    [`cat <<EOF\nUsage:\n  ${RUN} --tpp N\nEOF\n`],
    [`cat >&2 <<-EOF\n${RUN} --tpp N\nEOF\n`],
  ])("is silent about %s", (text) => {
    expect(wordsIn(text)).toEqual([]);
    expect(findingsOf(text, {}, "shell")).toEqual([]);
  });
});

describe("reads words", () => {
  test.each<[string, string, string[]]>([
    ["quotes", `--a "b c" 'd "e"' f\\ g "h\\"i" ''`, ["--a", "b c", 'd "e"', "f g", 'h"i', ""]],
    ["flag=value", '--a=b --c="d e" --f=', ["--a=b", "--c=d e", "--f="]],
    ["unknown variables", '--a $X --b "$Y" --c=$Z', ["--a", "?*", "--b", "?", "--c=?*"]],
    [
      "what only the shell knows",
      "--a $(nproc) --b $((1+2)) --c *.x --d ~/m",
      ["--a", "?*", "--b", "?*", "--c", "?*", "--d", "?"],
    ],
    ["empty defaults", '--a "${1:-}" --b ${X-} --c "${Y:-""}"', ["--a", "?", "--b", "?*", "--c", "?"]],
    ["defaults of parameters", "--a ${1:-8} --b ${X:-y} --c ${X-z}", ["--a", "8", "--b", "y", "--c", "z"]],
    ["placeholders", "--a <path to model> --b 8", ["--a", "?", "--b", "8"]],
    ["what only looks like a placeholder", "--a '<path>' --b \"<x>\"", ["--a", "<path>", "--b", "<x>"]],
    [
      "flags whose names end in what is not known",
      '--tp 8 --m$X 1 "--${K}" 2 --n"$Y" --dp 2',
      ["--tp", "8", "?*", "1", "?", "2", "?", "--dp", "2"],
    ],
    ["a lone dash and a double one", "--a - -- b", ["--a", "-", "--", "b"]],
    ["negative numbers", "--a -1 -.5", ["--a", "-1", "-.5"]],
  ])("%s", (_, text, expected) => expect(wordsIn(`${RUN} ${text}\n`)).toEqual([expected]));

  test.each<[string, string, string[]]>([
    ["one assigned before", "TP=8", ["--tp", "8"]],
    ["one assigned twice", "TP=8\nTP=4", ["--tp", "4"]],
    ["one with a default", 'TP="${TP:-8}"', ["--tp", "8"]],
    ["an exported one", "export TP=8", ["--tp", "8"]],
    ["one made of others", "N=1\nTP=${N}6", ["--tp", "16"]],
    ["one set by : ${X:=y}", ': "${TP:=8}"', ["--tp", "8"]],
    ["one that a branch sets", "TP=8\nif a; then TP=4; fi", ["--tp", "?*"]],
    ["one that a loop sets", "for TP in 1 2; do true; done", ["--tp", "?*"]],
    ["one that is read", "TP=8\nread TP", ["--tp", "?*"]],
    ["one after && that may not run", '[ -n "$1" ] && TP=8', ["--tp", "?*"]],
    ["one that arithmetic counts up", "TP=8\n((TP++))", ["--tp", "?*"]],
    ["one set by let", "TP=8\nlet TP=TP+1", ["--tp", "?*"]],
    ["one set at the end of a pipe", "TP=8\necho 4 | read TP", ["--tp", "?*"]],
    ["one after a sourced file", "TP=8\nsource env.sh", ["--tp", "?*"]],
    ["an empty one", "TP=", ["--tp"]],
    ["one with an empty default", 'TP="${1:-}"', ["--tp", "?*"]],
    ["one that an empty default may set", ': "${TP:=}"', ["--tp", "?*"]],
    ["one that a branch adds words to", 'TP=8\nif a; then TP="$TP --dp 2"; fi', ["--tp", "8", "?*"]],
    ["one that a branch adds text to", 'TP=8\nif a; then TP="$TP"6; fi', ["--tp", "?*"]],
    ["one that a command after && adds words to", 'TP=8\n[ a ] && TP+=" --dp 2"', ["--tp", "8", "?*"]],
    [
      "one that both branches add words to",
      'TP=8\nif a; then TP="$TP --dp 2"; else TP="${TP} --dp 3"; fi',
      ["--tp", "8", "?*"],
    ],
    [
      "one that one of two branches replaces",
      'TP=8\nif a; then TP="$TP --dp 2"; else TP=4; fi',
      ["--tp", "?*"],
    ],
    ["one that a loop adds words to", 'TP=8\nfor i in 1 2; do TP="$TP --x $i"; done', ["--tp", "8", "?*"]],
    ["one that a loop adds to and replaces", 'TP=8\nfor i in 1; do TP="$TP 2"; TP=3; done', ["--tp", "?*"]],
    ["one that a loop puts words before", 'TP=8\nfor i in 1; do TP="2 $TP"; done', ["--tp", "?*"]],
    ["one that holds several words", 'TP="8 --dp 2"', ["--tp", "8", "--dp", "2"]],
  ])("of a variable: %s", (_, before, expected) =>
    expect(wordsIn(`${before}\n${RUN} --tp $TP\n`)).toEqual([expected]),
  );

  test("of a loop that changes a variable after the launch", () => {
    const text = `PORT=8000\nfor i in 0 1; do\n  ${RUN} --port $PORT &\n  PORT=$((PORT + 1))\ndone\n`;
    expect(wordsIn(text)).toEqual([["--port", "?*"]]);
  });

  test("of a variable that a command before && sets", () => {
    expect(wordsIn(`cd /x && TP=8 && ${RUN} --tp $TP\n`)).toEqual([["--tp", "8"]]);
    expect(wordsIn(`cd /x || TP=8 && ${RUN} --tp $TP\n`)).toEqual([["--tp", "?*"]]);
  });

  test.each<[string, string[]]>([
    [`TP=2\nssh host '${RUN} --tp $TP'\n`, ["--tp", "?*"]],
    [`TP=2\nssh host "${RUN} --tp $TP"\n`, ["--tp", "2"]],
    [`TP=2\nssh host <<'EOF'\n${RUN} --tp $TP\nEOF\n`, ["--tp", "?*"]],
    [`TP=2\nssh host <<EOF\n${RUN} --tp $TP\nEOF\n`, ["--tp", "2"]],
    [`TP=2\nCMD='${RUN} --tp $TP'\neval "$CMD"\n`, ["--tp", "2"]],
  ])("another shell has no variables of this one: %j", (text, expected) =>
    expect(wordsIn(text)).toEqual([expected]),
  );

  test("of arrays, also ones that may be empty", () => {
    const text = `EXTRA=()\nif a; then EXTRA=(--x); fi\nARGS=(--tp 8 "--name" "a b" "\${EXTRA[@]}")\n${RUN} "\${ARGS[@]}" --dp 2\n`;
    expect(wordsIn(text)).toEqual([["--tp", "8", "--name", "a b", "?*", "--dp", "2"]]);
    expect(findingsOf(text, {}, "shell")).toEqual([
      "argparse-unknown-flag: --x",
      'argparse-unknown-flag: "--name"',
    ]);
  });

  test.each([
    ['if a; then CMD="$CMD --tp 2"; fi', "$CMD --dp 2"],
    ['[ "$D" ] && CMD+=" --tp 2"', "$CMD --dp 2"],
    ['if a; then CMD="$CMD --tp 2"; else CMD="${CMD} --tp 4"; fi', 'eval "$CMD --dp 2"'],
    ['for x in a b; do CMD="$CMD --tp $x"; done', 'bash -c "$CMD --dp 2"'],
    ['while read x; do CMD+=" $x"; done', "exec nohup $CMD --dp 2"],
  ])("of a command string that may grow: %s", (grow, run) =>
    expect(wordsIn(`CMD="${RUN} --prot 3"\n${grow}\n${run}\n`)).toEqual([["--prot", "3", "?*", "--dp", "2"]]),
  );

  test("of an array that a loop adds to", () => {
    const text = `ARGS=(--tp 8)\nfor x in a b; do\n  ARGS+=(--x "$x")\ndone\n${RUN} "\${ARGS[@]}" --dp 2\n`;
    expect(wordsIn(text)).toEqual([["--tp", "8", "?*", "--dp", "2"]]);
  });

  test("environment: prefix, export, env", () => {
    const [judged] = open(
      `export LOADWORKER=18\nexport OTHER=$X\nMOE_MODE=EP env A="b c" "B=1" docker run --env=C=2 i ${RUN} --tp 8`,
      {},
      "shell",
    ).launches;
    expect(judged?.launch.environment.map(({ name, value }) => [name, value.text])).toEqual([
      ["LOADWORKER", "18"],
      ["OTHER", undefined],
      ["MOE_MODE", "EP"],
      ["A", "b c"],
      ["B", "1"],
      ["C", "2"],
    ]);
  });
});

describe("judges what it reads", () => {
  test.each<[string, string[]]>([
    [`${RUN} --model_dir $M --tp $TP $EXTRA\n`, []],
    [`${RUN} --prot 8000\n`, ["argparse-unknown-flag: --prot"]],
    [`${RUN} --max-total-token-num 5\n`, ["flag-spelling: --max-total-token-num"]],
    [`${RUN} -tp 5\n`, ["flag-spelling: -tp"]],
    [`PORT=80x\n${RUN} --port $PORT\n`, ["argparse-type-int-float: 80x"]],
    [`${RUN} --tp\n`, ["argparse-missing-value: --tp"]],
    [`${RUN} --tp --dp 2\n`, ["argparse-missing-value: --tp"]],
    [`${RUN} --tp $EMPTY --dp 2\n`, []],
    [`${RUN} --enable_ep_moe true\n`, ["argparse-switch-with-value: true"]],
    [`${RUN} --enable_ep_moe=1\n`, ["argparse-switch-with-value: 1"]],
    [`${RUN} serve --tp 8\n`, ["argparse-positional: serve"]],
    [`exec ${RUN} "$@"\n`, []],
    [`${RUN} --tp 8 "$@"\n`, []],
    [`${RUN} --tp 8 "$EXTRA" 9\n`, []],
    [`${RUN} --trust_remote_code "\${EXTRA[@]:-}"\n`, []],
    [`${RUN} --enable_ep_moe "\${EXTRA:-$@}"\n`, []],
    [`${RUN} --tp "\${:-x}" --dp "\${X:-x\n`, []],
    [`${RUN} --tp 8 stray "$EXTRA"\n`, ['argparse-positional: 8 stray "$EXTRA"']],
    [`${RUN} --visual_gpu_ids 0,1\n`, ["argparse-comma-list: 0,1"]],
    [`${RUN} --tp 8 --tp 4\n`, ["argparse-repeated-flag: --tp 8"]],
    [`# lightllm: release=v1.0.0\n${RUN} --llm_kv_type int8kv\n`, ["flag-of-another-release: --llm_kv_type"]],
    [`${RUN} \\\n  --tp x # lightllm: off\n`, ["argparse-type-int-float: x"]],
    [`# lightllm: disable-next-line=argparse-type-int-float\n${RUN} --tp x\n`, []],
  ])("%s", (text, expected) => expect(findingsOf(text, {}, "shell")).toEqual(expected));
});

describe("traps", () => {
  test.each<[string, string, string, string]>([
    ["shell-missing-backslash", `${RUN} --tp 8\n  --dp 2\n`, "--dp", `${RUN} --tp 8 \\\n  --dp 2\n`],
    ["shell-backslash-space", `${RUN} --tp 8 \\ \n  --dp 2\n`, "\\ ", `${RUN} --tp 8 \\\n  --dp 2\n`],
    [
      "shell-comment-in-command",
      `${RUN} --tp 8 \\\n  # two\n  --dp 2\n`,
      "# two",
      `# two\n${RUN} --tp 8 \\\n  --dp 2\n`,
    ],
    ["shell-dangling-backslash", `${RUN} --tp 8 \\\n`, "\\", `${RUN} --tp 8\n`],
    ["shell-crlf", `${RUN} --tp 8 \\\r\n  --dp 2`, "\\\r", `${RUN} --tp 8 \\\n  --dp 2`],
    ["shell-glued-backslash", `${RUN} --tp 8\\\n--dp 2\n`, "\\", `${RUN} --tp 8 \\\n--dp 2\n`],
    ["typographic-character", `${RUN} —tp 8\n`, "—", `${RUN} --tp 8\n`],
    ["typographic-character", `${RUN} –-tp 8\n`, "–-", `${RUN} --tp 8\n`],
    ["typographic-character", `${RUN} --host “x”\n`, "“", `${RUN} --host "x"\n`],
  ])("%s: %j", (code, text, marked, fixed) => {
    expect(findingsOf(text, {}, "shell")).toContain(`${code}: ${marked}`);
    expect(afterFix(text, code, undefined, "shell")).toBe(fixed);
  });

  test("a placeholder", () => {
    expect(findingsOf(`${RUN} --model_dir <path to model> --tp 8\n`, {}, "shell")).toEqual([
      "shell-placeholder: <path to model>",
    ]);
  });

  test.each([
    [`${RUN} --tp 8 \\\n  --dp 2\n\necho done\n`],
    [`${RUN} --tp 8 \\\n  --dp 2 \\\n  # --old 1\n`],
    [`${RUN} --tp 8 \\\n  --dp 2\n# --old 1 \\\n#  --older\n`],
    [`${RUN} --tp 8 > log 2>&1 &\n`],
    [`${RUN} --tp 8 < /dev/null\n`],
    [`diff <(a) <(b)\n${RUN} --tp 8\n`],
  ])("are not seen in %j", (text) => expect(findingsOf(text, {}, "shell")).toEqual([]));
});

describe("writes changes in its own syntax", () => {
  test.each<[string, string, string, string]>([
    ["argparse-unknown-flag", `${RUN} --prot 8000`, "Change to `--port`", `${RUN} --port 8000`],
    ["argparse-unknown-flag", `${RUN} "--prot" 8000`, "Change to `--port`", `${RUN} "--port" 8000`],
    ["argparse-unknown-flag", `${RUN} --prot=8000`, "Change to `--port`", `${RUN} --port=8000`],
    ["argparse-choice", `${RUN} --run_mode "prefil"`, "Change to `prefill`", `${RUN} --run_mode "prefill"`],
    ["argparse-choice", `${RUN} --run_mode=prefil`, "Change to `prefill`", `${RUN} --run_mode=prefill`],
    [
      "argparse-choice",
      `MODE=prefil\n${RUN} --run_mode $MODE`,
      "Change to `prefill`",
      `MODE=prefill\n${RUN} --run_mode $MODE`,
    ],
    [
      "argparse-choice",
      `MODE="prefil"\n${RUN} --run_mode "$MODE"`,
      "Change to `prefill`",
      `MODE="prefill"\n${RUN} --run_mode "$MODE"`,
    ],
    [
      "argparse-choice",
      `A=(--run_mode prefil)\n${RUN} "\${A[@]}"`,
      "Change to `prefill`",
      `A=(--run_mode prefill)\n${RUN} "\${A[@]}"`,
    ],
    [
      "argparse-choice",
      `bash -c "${RUN} --run_mode 'prefil'"`,
      "Change to `prefill`",
      `bash -c "${RUN} --run_mode 'prefill'"`,
    ],
    [
      "argparse-comma-list",
      `${RUN} --visual_gpu_ids "0,1" --tp 2`,
      "Change to `[0, 1]`",
      `${RUN} --visual_gpu_ids 0 1 --tp 2`,
    ],
    [
      "argparse-switch-with-value",
      `${RUN} --enable_ep_moe true --tp 8`,
      "Switch `--enable_ep_moe` on",
      `${RUN} --enable_ep_moe --tp 8`,
    ],
    [
      "argparse-repeated-flag",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2 \\\n  --tp 4`,
      "Remove this `--tp` with `8`",
      `${RUN} \\\n  --dp 2 \\\n  --tp 4`,
    ],
    [
      "argparse-repeated-flag",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2 \\\n  --tp 4`,
      "Remove the last `--tp` with `4`",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2`,
    ],
    [
      "argparse-repeated-flag",
      `${RUN} --tp 8 --dp 2 --tp 4`,
      "Remove this `--tp` with `8`",
      `${RUN} --dp 2 --tp 4`,
    ],
  ])("%s: %j, %s", (code, text, title, expected) =>
    expect(afterFix(text, code, title, "shell")).toBe(expected),
  );
});

describe("completes", () => {
  test.each<[string, string, string, string]>([
    ["a flag after two dashes", `${RUN} --|`, "--tp", `${RUN} --tp |`],
    ["a flag after one dash", `${RUN} -|`, "--tp", `${RUN} --tp |`],
    [
      "a flag half typed",
      `${RUN} --tp 8 --ma|`,
      "--max_req_total_len",
      `${RUN} --tp 8 --max_req_total_len |`,
    ],
    ["a flag in the middle of its name", `${RUN} --mod|_dir /x`, "--model_dir", `${RUN} --model_dir| /x`],
    ["a flag at its start", `${RUN} |--mod`, "--model_dir", `${RUN} --model_dir |`],
    ["a flag with hyphens", `${RUN} --max-req|`, "--max_req_total_len", `${RUN} --max_req_total_len |`],
    ["a flag in quotes", `${RUN} "--mod|"`, "--model_dir", `${RUN} "--model_dir |"`],
    ["a flag on a fresh continuation line", `${RUN} --tp 8 \\\n  |`, "--dp", `${RUN} --tp 8 \\\n  --dp |`],
    ["a flag after a space", `${RUN} --tp 8 |`, "--dp", `${RUN} --tp 8 --dp |`],
    ["a flag before others", `${RUN} --t| --port 1\n`, "--tp", `${RUN} --tp | --port 1\n`],
    ["a switch", `${RUN} --enable_ep|`, "--enable_ep_moe", `${RUN} --enable_ep_moe|`],
    ["a flag before =", `${RUN} --run|=prefill`, "--run_mode", `${RUN} --run_mode|=prefill`],
    ["a value after a space", `${RUN} --run_mode |`, "prefill", `${RUN} --run_mode prefill|`],
    ["a value half typed", `${RUN} --run_mode pre|\n`, "prefill", `${RUN} --run_mode prefill|\n`],
    ["a value after =", `${RUN} --run_mode=|`, "prefill", `${RUN} --run_mode=prefill|`],
    ["a value half typed after =", `${RUN} --run_mode=pre|`, "prefill", `${RUN} --run_mode=prefill|`],
    ["a value in quotes", `${RUN} --run_mode "pre|"`, "prefill", `${RUN} --run_mode "prefill|"`],
    [
      "one more value of a list",
      `${RUN} --llm_prefill_att_backend fa3 |`,
      "triton",
      `${RUN} --llm_prefill_att_backend fa3 triton|`,
    ],
    [
      "a flag after a list",
      `${RUN} --llm_prefill_att_backend fa3 |`,
      "--tp",
      `${RUN} --llm_prefill_att_backend fa3 --tp |`,
    ],
    ["inside bash -c", `bash -c "${RUN} --run_mode |"`, "prefill", `bash -c "${RUN} --run_mode prefill|"`],
    [
      "inside escaped quotes",
      `bash -c "${RUN} --run_mode \\"pre|\\""`,
      "prefill",
      `bash -c "${RUN} --run_mode \\"prefill|\\""`,
    ],
  ])("%s", (_, marked, label, expected) =>
    expect(afterCompletion(marked, label, {}, "shell")).toBe(expected),
  );

  test("does not offer what is set", () =>
    expect(labelsAt(`${RUN} --tp 8 --|`, {}, "shell")).not.toContain("--tp"));

  test.each([
    ["ls --|"],
    [`ech|o ${RUN}`],
    [`${RUN} --tp 8 > lo|g`],
    [`${RUN} --tp 8\n|`],
    [`pyth|on -m lightllm.server.api_server`],
    [`${RUN} --tp 8 | te|`.replace("| te", "\\| te").replace("\\|", "&")],
  ])("offers nothing at %s", (marked) => expect(labelsAt(marked, {}, "shell")).toEqual([]));
});

test("hovers", () => {
  const at = (marked: string) => {
    const { text, offset } = atCursor(marked);
    return JSON.stringify(hover(open(text, {}, "shell"), offset)?.contents ?? "");
  };
  expect(at(`${RUN} --t|p 8`)).toContain("**tp**");
  expect(at(`${RUN} --run_mode pre|fill`)).toContain("**run_mode: prefill**");
  expect(at(`MODE=pre|fill\n${RUN} --run_mode $MODE`)).toContain("**run_mode: prefill**");
  expect(at(`py|thon -m lightllm.server.api_server --tp 8`)).toBe('""');
});

describe("reads on", () => {
  test.each([
    ["after a prompt of an environment", `(env) user@host:~# ${RUN} --tp 8\n${RUN} --tp 4\n`],
    ["after a prompt in brackets", `[root@host src]# ${RUN} --tp 8\n(base) $ ${RUN} --tp 4\n`],
    ["after a prompt of a shell", `bash-5.1# ${RUN} --tp 8\n${RUN} --tp 4\n`],
    ["after output", `${RUN} --tp 8\nloaded (1/2) files\n${RUN} --tp 4\n`],
    ["after a bracket too many", `${RUN} --tp 8 )\n)\n${RUN} --tp 4\n`],
    ["after two wrong lines", `a (b) c\nfoo (bar) baz\n${RUN} --tp 8\n(x) y\n${RUN} --tp 4\n`],
    ["in a body with a wrong line", `if a; then\n  foo (bar) baz\n  ${RUN} --tp 8\nfi\n${RUN} --tp 4\n`],
  ])("%s", (_, text) => {
    expect(wordsIn(text)).toEqual([
      ["--tp", "8"],
      ["--tp", "4"],
    ]);
  });
});

/** Launches in Python: lists of words, strings for a shell, what is certain of names, and edits in Python's syntax. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { python } from "../../server/src/notations/python";
import { root } from "../support/paths";
import {
  adding,
  afterFixIn,
  changed,
  findingsIn,
  labelsIn,
  placesIn,
  RUN,
  removing,
  setting,
  wordsIn,
} from "./fixtures/documents";
import { forPython, givenWords, shellWords } from "./fixtures/random";

const words = (text: string) => wordsIn(python, text);
const HEAD = '"python", "-m", "lightllm.server.api_server"';

describe("finds a list", () => {
  test.each<[string, string, string[][]]>([
    ["given to run", `subprocess.run([${HEAD}, "--tp", "8"], check=True)\n`, [["--tp", "8"]]],
    ["in a tuple", `subprocess.Popen((${HEAD}, "--tp", "8"))\n`, [["--tp", "8"]]],
    ["without arguments", `subprocess.Popen([${HEAD}])\n`, [[]]],
    [
      "with sys.executable",
      `call([sys.executable, "-u", "-m", "lightllm.server.api_server", "--tp", "8"])`,
      [["--tp", "8"]],
    ],
    ["after a wrapper", `run(["numactl", "-N", "0", ${HEAD}, "--tp", "8"])`, [["--tp", "8"]]],
    [
      "by the path of the file",
      `run(["python", "/x/lightllm/server/api_server.py", "--tp", "8"])`,
      [["--tp", "8"]],
    ],
    ["in a variable", `cmd = [\n    ${HEAD},\n    "--tp", "8",\n]\nsubprocess.Popen(cmd)\n`, [["--tp", "8"]]],
    [
      "given word by word",
      `await asyncio.create_subprocess_exec(${HEAD}, "--tp", "8", stdout=PIPE)`,
      [["--tp", "8"]],
    ],
    ["given to execvp", `os.execvp("python", [${HEAD}, "--tp", "8"])`, [["--tp", "8"]]],
    ["not closed yet", `def f():\n    run([${HEAD}, "--tp", "8"\n`, [["--tp", "8"]]],
    [
      "put together",
      `base = [${HEAD}, "--tp", "8"]\nrun(base + ["--port", "80"] + extra)\n`,
      [["--tp", "8", "--port", "80", "?*"]],
    ],
    [
      "that several share",
      `base = [${HEAD}, "--tp", "8"]\nrun([*base, "--port", "1"])\nrun([*base, "--port", "2"])\n`,
      [
        ["--tp", "8", "--port", "1"],
        ["--tp", "8", "--port", "2"],
      ],
    ],
    [
      "that grows",
      `def f():\n    cmd = [${HEAD}]\n    cmd += ["--tp", "8"]\n    cmd.append("--port")\n    cmd.append("80")\n    cmd.extend(("--dp", "2"))\n    cmd = cmd + ["--x"]\n    run(cmd)\n`,
      [["--tp", "8", "--port", "80", "--dp", "2", "--x"]],
    ],
    [
      "that may grow",
      `def f(fa3):\n    cmd = [${HEAD}, "--tp", "8"]\n    if fa3:\n        cmd.append("--enable_fa3")\n    cmd += ["--dp", "2"]\n`,
      [["--tp", "8", "?*", "--dp", "2"]],
    ],
    [
      "in either branch, and what is added after both",
      `if a:\n    cmd = [${HEAD}, "--tp", "1"]\nelse:\n    cmd = [${HEAD}, "--tp", "2"]\ncmd += ["--dp", "1"]\n`,
      [
        ["--tp", "1", "--dp", "1"],
        ["--tp", "2", "--dp", "1"],
      ],
    ],
    [
      "with missing elements",
      `run([${HEAD}, , "--tp", "1",, "--host", "a,,b"])\n`,
      [["--tp", "1", "--host", "a,,b"]],
    ],
    [
      "whose name is used again",
      `cmd = [${HEAD}, "--tp", "1"]\nrun(cmd)\ncmd = [${HEAD}, "--tp", "2"]\ncmd += ["--dp", "2"]\n`,
      [
        ["--tp", "1"],
        ["--tp", "2", "--dp", "2"],
      ],
    ],
    [
      "that is split",
      `run("${RUN} --tp 8  --port {}".format(port).split())`,
      [["--tp", "8", "--port", "?*"]],
    ],
    [
      "that shlex splits",
      `run(shlex.split("${RUN} --model_name 'a b' --tp 8"))`,
      [["--model_name", "a b", "--tp", "8"]],
    ],
    [
      "of strings of all kinds",
      `run([${HEAD}, r"--model_dir", "\\x2fm\\t\\u4e2d", '''--tp''', b"8", "--ho" 'st', "a" # b\n "c"])`,
      [["--model_dir", "/m\t中", "--tp", "8", "--host", "ac"]],
    ],
  ])("%s", (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe("knows what is certain", () => {
  const last = (before: string, word: string) =>
    words(`${before}\nrun([${HEAD}, "--port", ${word}])\n`).at(-1)?.slice(1);
  test.each<[string, string, string, string[]]>([
    ["a number as text", "", "str(8080)", ["8080"]],
    ["a name of a string", 'PORT = "8080"', "PORT", ["8080"]],
    ["a name of a number as text", "PORT = 8080", "str(PORT)", ["8080"]],
    ["a name in an f-string", "PORT = 8080", 'f"{PORT}"', ["8080"]],
    ["a name that is assigned twice", 'PORT = "1"\nPORT = "2"', "PORT", ["?"]],
    ["a name that a loop sets", "for PORT in ports: pass", "PORT", ["?"]],
    ["a name that is assigned later", "", "PORT", ["?"]],
    ["an attribute", "", "args.port", ["?"]],
    ["an f-string", "", 'f"80{x}"', ["?"]],
    ["a string that is filled in", "", '"80%d" % x', ["?"]],
    ["a string to be filled in", "", '"{port}"', ["?"]],
    ["a choice", "", '"1" if a else "2"', ["?"]],
    ["any number of words", "", "*extra", ["?*"]],
    ["elements of a known list", 'extra = ["1", "--dp"]', "*extra", ["1", "--dp"]],
    ["a concatenation", 'H = "http://x"', 'H + ":" + "80"', ["http://x:80"]],
  ])("%s", (_name, before, word, expected) => {
    expect(last(before, word)).toEqual(expected);
  });

  test("a parameter hides the name of the file", () => {
    expect(words(`TP = "8"\ndef f(TP):\n    run([${HEAD}, "--tp", TP])\n`)).toEqual([["--tp", "?"]]);
  });

  test("the beginning of a word, where the rest is not", () => {
    const [launch] = python.find(`run([${HEAD}, f"--port={p}", f"{x}", "--dp", "2"])`).launches;
    expect(launch?.arguments.map(({ flag, joined }) => [flag, joined])).toEqual([
      ["--port", true],
      ["--dp", undefined],
    ]);
  });
});

describe("finds a string for a shell", () => {
  test.each<[string, string, string[][]]>([
    ["given to os.system", `os.system("${RUN} --tp 8")`, [["--tp", "8"]]],
    [
      "given to run",
      `subprocess.run('LOADWORKER=18 nohup ${RUN} --tp 8 > log &', shell=True)`,
      [["--tp", "8"]],
    ],
    ["without arguments", `os.system("${RUN}")`, [[]]],
    ["in a list for bash", `run(["bash", "-c", "cd /x && ${RUN} --tp 8"])`, [["--tp", "8"]]],
    [
      "over several literals",
      `os.system("${RUN} --tp 8"\n  " --dp 2 "\n  '--port 80')`,
      [["--tp", "8", "--dp", "2", "--port", "80"]],
    ],
    [
      "over several lines",
      `os.system("""\n${RUN} \\\n  --tp 8 \\\n  --dp 2\n""")`,
      [["--tp", "8", "--dp", "2"]],
    ],
    [
      "over several lines, raw",
      `os.system(r'''\n${RUN} \\\n  --tp 8 \\\n  --dp 2\n''')`,
      [["--tp", "8", "--dp", "2"]],
    ],
    [
      "with escapes",
      `os.system("${RUN} --tp 8 \\\\\\n  --model_name \\"a b\\"")`,
      [["--tp", "8", "--model_name", "a b"]],
    ],
    [
      "as an f-string",
      `os.system(f"${RUN} --tp {tp} --model_dir '{m}' --dp={dp} --host \\"{h}\\" --port 80")`,
      [["--tp", "?*", "--model_dir", "?", "--dp=?*", "--host", "?", "--port", "80"]],
    ],
    [
      "filled in by format",
      `os.system("${RUN} --tp {} --port {port:d} --dp {0}".format(tp))`,
      [["--tp", "?*", "--port", "?*", "--dp", "?*"]],
    ],
    [
      "filled in by %",
      `os.system("${RUN} --tp %d --model_dir '%s' --dp 2" % (tp, m))`,
      [["--tp", "?*", "--model_dir", "?", "--dp", "2"]],
    ],
    [
      "put together",
      `os.system("${RUN} --tp " + str(tp) + " --port " + str(80) + " --dp 2")`,
      [["--tp", "?*", "--port", "80", "--dp", "2"]],
    ],
    [
      "that grows",
      `cmd = "${RUN}"\ncmd += " --tp 8"\nif a:\n    cmd += " --x"\ncmd += f" --port {p}"\nos.system(cmd)`,
      [["--tp", "8", "?*", "--port", "?*"]],
    ],
    [
      "that grows by a flag without a blank before it",
      `cmd = "${RUN} --model_name x"\ncmd += '--tp 8'\nif a:\n    cmd += '--x'\ncmd += "--port=80"\nos.system(cmd)`,
      [["--model_name", "x", "--tp", "8", "?*", "--port=80"]],
    ],
    ["joined", `os.system(" ".join(["${RUN}", "--tp 8", f"--port {p}"]))`, [["--tp", "8", "--port", "?*"]]],
    [
      "in a script to be written",
      `f.write(f"#!/bin/bash\\nexport A=1\\n${RUN} --tp {{8}}\\n")`,
      [["--tp", "{8}"]],
    ],
  ])("%s", (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

test("knows the places of words", () => {
  const text = `MODEL = "/m"\nrun([${HEAD}, '--tp', "8", "--model_dir", MODEL, f"--dp={x}"])\nos.system("${RUN} --tp 8"\n  " --host 'a \\\\ b' --port " + port)\n`;
  expect(placesIn(python, text)).toEqual([
    "'--tp' <\"8\">",
    '"--model_dir" <"/m">',
    'f"--dp <{x}">',
    "--tp <8>",
    "--host <'a \\\\ b'>",
    "--port <port>",
  ]);
});

describe("is silent", () => {
  test.each([
    ["in comments", `# ${RUN} --prot 8\n`],
    ["in a docstring of prose", `"""Start it with ${RUN} --prot 8 first."""\n`],
    [
      "in messages",
      `print("Please start LightLLM: ${RUN} --prot 8")\nraise RuntimeError("No ${RUN} --prot 8")\n`,
    ],
    ["in a log", `logger.warning("""e.g.\n${RUN} --prot 8""")\nlogging.info("${RUN} --prot 8")\n`],
    ["in help", `parser.add_argument("--x", help="${RUN} --prot 8")\n`],
    [
      "in a mention",
      'if "lightllm.server.api_server" in line: pass\nx = "python -m lightllm.server.api_server"\n',
    ],
    [
      "where a process is looked for",
      'run(["pkill", "-f", "lightllm.server.api_server"])\nos.system("pkill -f lightllm.server.api_server")\n',
    ],
    ["in imports", "import lightllm.server.api_server\nfrom lightllm.server import api_server\n"],
    ["in other lists", `parser.add_argument("--prot", default="lightllm.server.api_server")\n`],
  ])("%s", (_name, text) => {
    expect(python.find(text)).toMatchObject({ launches: [], problems: [] });
    expect(findingsIn(python, text)).toEqual([]);
  });

  test.each(["(", "[", '"', "f'{", '"""', "\\", "[*", "x = [\n", "\ud800"])(
    "and never throws, whatever is half-typed: %j",
    (tail) => {
      for (const text of [`run([${HEAD}, "--tp", ${tail}`, `os.system(f"${RUN} --tp ${tail}`]) {
        for (let end = 0; end <= text.length; end++) python.find(text.slice(0, end));
      }
    },
  );
});

describe("writes changes of a list", () => {
  const rows = `cmd = [\n    ${HEAD},\n    "--tp", "8",\n    "--dp", "2",\n]\n`;
  const grown = `cmd = [${HEAD}, "--tp", "8"]\ncmd += ["--dp", "2"]\ncmd.append("--port")\ncmd.append("80")\n`;
  const named = `MODEL = "/m"\nTP = 8\ncmd = [${HEAD}, "--model_dir", MODEL, "--tp", str(TP), "--dp", dp]\n`;
  const spread = `run([${HEAD}, *extra])\n`;
  const call = `await create_subprocess_exec(${HEAD}, "--tp", "8", env=env)\n`;
  test.each([
    ["adds to rows", rows, adding("--port", "80"), '"2"', '"2",\n    "--port", "80"'],
    ["removes a row", rows, removing("--tp"), '    "--tp", "8",\n', ""],
    ["sets a value", rows, setting("--tp", 'a"b'), '"8"', '"a\\"b"'],
    ["adds to the list that has the last argument", grown, adding("--x"), '"2"]', '"2", "--x"]'],
    ["removes from a list that grew", grown, removing("--dp"), '["--dp", "2"]', "[]"],
    ["leaves alone what two calls add", grown, removing("--port"), "", ""],
    [
      "removes what is in two lists",
      `cmd = [${HEAD}, "--tp"]\ncmd += ["8", "--dp", "2"]\n`,
      removing("--tp"),
      ', "--tp"]\ncmd += ["8", ',
      "]\ncmd += [",
    ],
    ["sets a value where it is written", named, setting("--model_dir", "/x"), '"/m"', '"/x"'],
    ["sets a value that is put together where it is used", named, setting("--tp", "4"), "str(TP)", '"4"'],
    [
      "removes the name of a value, not the value",
      named,
      removing("--model_dir"),
      '"--model_dir", MODEL, ',
      "",
    ],
    ["adds after a name", named, adding("--port", "80"), "dp]", 'dp, "--port", "80"]'],
    [
      "adds after words that are not known",
      spread,
      adding("--port", "80"),
      "*extra",
      '*extra, "--port", "80"',
    ],
    ["adds to the arguments of a call", call, adding("--port", "80"), '"8"', '"8", "--port", "80"'],
  ])("%s", (_name, text, change, before, after) => {
    expect(changed(python, text, change)).toBe(text.replace(before, () => after));
  });
});

describe("writes changes of a string", () => {
  const lines = `os.system(\n    "${RUN} --tp 8 "\n    f"--port {port} "\n    '--dp 2')\n`;
  const raw = `os.system(r"""\n${RUN} \\\n  --tp 8 \\\n  --dp 2\n""")\n`;
  const doubled = `os.system("""\n${RUN} \\\\\n  --tp 8 \\\\\n  --dp 2\n""")\n`;
  const split = `run("${RUN} --tp 8".split() + ["--dp", "2"])\n`;
  test.each([
    ["sets a value in its quotes", lines, setting("--tp", 'a"b'), "8 ", "'a\\\"b' "],
    ["adds after the last", lines, adding("--x", "1"), "--dp 2", "--dp 2 --x 1"],
    ["removes within a literal", lines, removing("--dp"), "'--dp 2'", "''"],
    ["sets a value in an f-string", lines, setting("--port", "{x}"), "{port}", "'{{x}}'"],
    ["adds a line to a raw string", raw, adding("--x", "1"), "--dp 2", "--dp 2 \\\n  --x 1"],
    [
      "adds a line where backslashes are escaped",
      doubled,
      adding("--x", "1"),
      "--dp 2",
      "--dp 2 \\\\\n  --x 1",
    ],
    ["removes a line", raw, removing("--tp"), "  --tp 8 \\\n", ""],
    [
      "leaves a raw literal alone that cannot hold the text",
      `os.system(r"${RUN} --tp 8")\n`,
      setting("--tp", 'a"b'),
      "",
      "",
    ],
    [
      "leaves alone what is outside the literals",
      `os.system("${RUN} --tp " + str(tp) + " --dp 2")\n`,
      removing("--tp"),
      "",
      "",
    ],
    [
      "writes in the quotes of the literal it concerns",
      `os.system("${RUN} --tp 8"\n  ' --dp 2')\n`,
      adding("--x", "it's"),
      "--dp 2",
      "--dp 2 --x \\'it\\'\\\\\\'\\'s\\'",
    ],
    ["sets a word that is split", split, setting("--tp", "4"), "8", "4"],
    ["adds to the list after a split string", split, adding("--x", "1"), '"2"', '"2", "--x", "1"'],
  ])("%s", (_name, text, change, before, after) => {
    expect(changed(python, text, change)).toBe(text.replace(before, () => after));
  });
});

test("fixes are written in Python's own syntax", () => {
  const list = `run([${HEAD}, '--prot', "80"])\n`;
  expect(afterFixIn(python, list, "argparse-unknown-flag")).toBe(list.replace("--prot", "--port"));
  const string = `os.system("${RUN} --prot 80")\n`;
  expect(afterFixIn(python, string, "argparse-unknown-flag")).toBe(string.replace("--prot", "--port"));
  const broken = `os.system("""\n${RUN} --tp 8\n  --dp 2\n""")\n`;
  expect(afterFixIn(python, broken, "shell-missing-backslash")).toBe(broken.replace("8\n", "8 \\\\\n"));
  const glued = `run([${HEAD}, "--tp 8", "--port", "80"])\n`;
  expect(afterFixIn(python, glued, "list-element-with-space")).toBe(glued.replace('"--tp 8"', '"--tp", "8"'));
});

describe("completes", () => {
  test.each([
    ["a flag in a list", `run([${HEAD}, "--ma|"])`, "--max_req_total_len"],
    ["a value in a list", `run([${HEAD}, "--run_mode", "|"])`, "prefill"],
    ["a flag in a string", `os.system("${RUN} --ma|")`, "--max_req_total_len"],
    [
      "a flag in a list that grew",
      `cmd = [${HEAD}]\nx = 1\ncmd += ["--tp", "8", "--ma|"]\n`,
      "--max_req_total_len",
    ],
  ])("%s", (_name, text, label) => {
    expect(labelsIn(python, text)).toContain(label);
  });

  test.each([
    ["beside the list", `run([${HEAD}, "--tp", "8"], cwd="|")`],
    ["between the statements", `cmd = [${HEAD}, "--tp", "8"]\nx = "--|"\ncmd += ["--dp", "2"]\n`],
    ["in an f-string's expression", `os.system(f"${RUN} --tp 8") or |x`],
  ])("nothing %s", (_name, text) => {
    expect(labelsIn(python, text)).toEqual([]);
  });
});

describe("reads the words that were written, whatever they are", () => {
  const styles = fc.array(fc.nat(4), { minLength: 24, maxLength: 24 });
  const module = ["python", "-m", "lightllm.server.api_server"];

  test("as a list", () => {
    fc.assert(
      fc.property(givenWords, styles, fc.nat(3), (given, ways, layout) => {
        const elements = [...module, ...given].map((word, at) =>
          forPython(word, at < 3 ? 1 : (ways[at] ?? 0)),
        );
        const [own, added] = [elements.slice(0, 3 + layout), elements.slice(3 + layout)];
        const text = `cmd = [${own.join(",\n  ")}]\ncmd += [${added.join(", ")}]\nrun(cmd)\n`;
        expect(words(text)).toEqual([given]);
      }),
    );
  });

  test("as a string for a shell", () => {
    fc.assert(
      fc.property(shellWords, fc.nat(3), ({ given, written }, way) => {
        const text = `os.system("${RUN} " ${forPython(written.join(" "), way)})\n`;
        expect(words(text)).toEqual([given]);
      }),
    );
  });
});

test("reads a benchmark script", () => {
  const text = readFileSync(join(root, "test/notations/fixtures/benchmark.py.txt"), "utf8");
  expect(words(text)).toEqual([
    ["--model_dir", "?", "--tp", "?", "--port", "8089", "--trust_remote_code", "?*"],
    ["--run_mode", "pd_master", "--model_dir", "/models/llama", "--host", "?*", "--port", "60011"],
  ]);
  // A branch adds it.
  expect(findingsIn(python, text)).toEqual(['flag-of-another-release: "--llm_decode_att_backend"']);
});

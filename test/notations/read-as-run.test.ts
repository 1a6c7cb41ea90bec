/** What a launch is made of elsewhere: substitutions, exported variables, lists that Python joins. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { findingsOf, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server --model_dir /m";
const LIST = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';
const HERE = ["--model_dir", "/m", "--tp", "2"];

function read(text: string, notation: TestNotation) {
  return open(text, { setting: "v1.2.0" }, notation).launches.map(({ launch }) => service.argvOf(launch));
}

describe("reads what a script prints", () => {
  test.each([
    ["a here-document, run as words", `C=$(cat <<EOF\n${RUN} --tp 2\nEOF\n)\n$C\n`],
    ["a here-document, evaluated", `C=$(cat <<'EOF'\n${RUN} \\\n  --tp 2\nEOF\n)\neval "$C"\n`],
    ["a here-document in quotes", `N=2\nC="$(cat <<EOF\n${RUN} \\\n --tp $N\nEOF\n)"\nbash -c "$C"\n`],
    ["a here-document without indentation", `C=$(cat <<-EOF\n${RUN} --tp 2\nEOF\n)\n$C\n`],
    ["a here-string", `C=$(cat <<< "${RUN} --tp 2")\n$C\n`],
    ["echo", `C=$(echo "${RUN}" --tp 2)\n$C\n`],
    ["backquotes", `C=\`echo ${RUN} --tp 2\`\nexec $C\n`],
    ["backquotes, continued", `OUT=\`${RUN} \\\n  --tp 2\`\n`],
    ["backquotes with escapes", `N=2\nOUT=\`MODEL=\\$HOME ${RUN} --tp \\$N\`\n`],
    ["backquotes in quotes", `echo "it says \`${RUN} --tp \\"2\\"\`"\n`],
    ["backquotes in backquotes", `A=\`echo \\\`${RUN} --tp 2\\\`\`\n`],
    ["a here-document in backquotes", `A=\`bash <<\\EOF\n${RUN} --tp 2\nEOF\n\`\n`],
    ["printf", `C=$(printf '%s ' ${RUN} --tp 2)\n$C\n`],
    ["arguments", `A=$(cat <<EOF\n--tp 2\nEOF\n)\n${RUN} $A\n`],
    ["arguments in the command", `${RUN} $(cat <<EOF\n--tp 2\nEOF\n)\n`],
    ["a whole script", `bash -c "$(cat <<'EOF'\nN=2\n${RUN} --tp $N\nEOF\n)"\n`],
  ])("%s", (_, text) => {
    expect(read(text, "shell")).toEqual([HERE]);
  });

  test.each([
    ["an option", `${RUN} $(cat -n <<EOF\n--tp 2\nEOF\n)\n`, [null]],
    ["a pipe", `A=$(echo --tp 2 | tr 2 3)\n${RUN} $A\n`, [null]],
    ["two commands", `A=$(echo --tp; echo 2)\n${RUN} $A\n`, [null]],
    ["a file", `A=$(cat args)\n${RUN} $A\n`, [null]],
    ["a value in it", `A=$(cat <<EOF\n--tp $N\nEOF\n)\n${RUN} $A\n`, ["--tp", null]],
  ])("nothing else: %s", (_, text, rest) => {
    expect(read(text, "shell")).toEqual([["--model_dir", "/m", ...rest]]);
  });
});

describe("takes for unknown what another program replaces", () => {
  const words = ["--model_dir", "/m", "--tp", null];
  test.each<[string, TestNotation, (string | null)[]]>([
    [`xargs -I{} ${RUN} --tp {}`, "shell", words],
    [`xargs -P 2 -IX ${RUN} --tp X`, "shell", words],
    [`xargs -i ${RUN} --tp {}`, "shell", words],
    [`xargs --replace=@ ${RUN} --tp 8@`, "shell", words],
    [`xargs -I % bash -c '${RUN} --tp %'`, "shell", words],
    [`xargs -n 1 ${RUN} --tp`, "shell", words],
    [`parallel -j2 ${RUN} --tp {1} ::: 1 2 ::: 3`, "shell", words],
    [`parallel ${RUN} --tp ::: 1 2`, "shell", words],
    [`parallel "${RUN} --tp {}" ::: 1 2`, "shell", words],
    [`find . -exec ${RUN} --tp {} \\; -print`, "shell", words],
    [`find . -execdir ${RUN} --tp {} +`, "shell", words],
    [`fd . -x ${RUN} --tp {/}`, "shell", words],
    [`pdsh -w a,b ${RUN} --tp %n`, "shell", words],
    [`FROM x\nCMD xargs -I{} ${RUN} --tp {}\n`, "dockerfile", words],
    // Nothing replaces these.
    [`xargs -I{} echo; ${RUN} --tp {}`, "shell", ["--model_dir", "/m", "--tp", "{}"]],
    [`xargs -IX ${RUN} --tp {}`, "shell", ["--model_dir", "/m", "--tp", "{}"]],
  ])("%s", (text, notation, expected) => {
    expect(read(text, notation)).toEqual([expected]);
  });
});

describe("takes for unknown what a filter may replace in a here-document", () => {
  test.each<[before: string, after: string, (string | null)[]]>([
    ["cat <<EOF | sed s/_P/2/ | bash", "", ["--tp", null]],
    ["cat <<EOF | sed -e s,X,Y, -e 's|_P|2|g; s/Z/z/' | ssh host bash", "", ["--tp", null]],
    ["cat <<EOF | sed -E s/_P/2/ | tee run.sh | bash", "", ["--tp", null]],
    ["sed s/_P/2/ <<EOF > run.sh", "", ["--tp", null]],
    ["cat <<EOF > run.sh", "sed -i s/_P/2/ run.sh", ["--tp", null]],
    ["cat > run.tpl <<EOF", "sed s/_P/2/ < run.tpl | bash", ["--tp", null]],
    ["cat <<EOF | sed s/_P/$N/ | bash", "", [null, null]],
    ["cat <<EOF | sed 's/[_]P/2/' | bash", "", [null, null]],
    ["cat <<EOF | sed s/X/2/ | tr _ 1 | bash", "", [null, null]],
    ["cat <<EOF | ./fill | bash", "", [null, null]],
    // Nothing replaces these.
    ["cat <<EOF | sed s/X/2/ | bash", "", ["--tp", "_P"]],
    ["cat <<EOF | tee run.sh | bash", "", ["--tp", "_P"]],
    ["cat <<EOF > run.sh", "sed -i s/_P/2/ other.sh", ["--tp", "_P"]],
    ["envsubst <<'EOF' | bash", "", ["--tp", "_P"]],
  ])("%s … %s", (before, after, expected) => {
    const text = `${before}\npython -m lightllm.server.api_server --tp _P\nEOF\n${after}\n`;
    expect(read(text, "shell")).toEqual([expected]);
  });
});

describe("reads variables of the shell that is started", () => {
  const script = (text: string) => `${RUN} --tp ${text}`;
  test.each<[string, TestNotation, string, (string | null)[]]>([
    ["an exported command", "shell", `export C="${RUN} --tp 2"\nbash -c '$C'\n`, HERE],
    ["an evaluated command", "shell", `C="${RUN} --tp 2"\neval '$C'\n`, HERE],
    ["an exported value", "shell", `export N=2\nbash -c '${script("$N")}'\n`, HERE],
    ["a value before the shell", "shell", `N=2 bash -c '${script("$N")}'\n`, HERE],
    ["env", "shell", `nohup env N=2 bash -c '${script("$N")}' &\n`, HERE],
    ["a container", "shell", `docker run -e N=2 img bash -c '${script("$N")}'\n`, HERE],
    ["a here-document", "shell", `export N=2\nbash <<'E'\n${script("$N")}\nE\n`, HERE],
    ["not exported", "shell", `N=2\nbash -c '${script("$N")}'\n`, ["--model_dir", "/m", "--tp", null]],
    ["set again", "shell", `export N=1\nN=2\nsh -c '${script("$N")}'\n`, HERE],
    ["elsewhere", "shell", `export N=2\nssh h '${script("$N")}'\n`, ["--model_dir", "/m", "--tp", null]],
    ["sudo", "shell", `export N=2\nsudo sh -c '${script("$N")}'\n`, ["--model_dir", "/m", "--tp", null]],
    [
      "a service's variable",
      "compose",
      `services:\n  a:\n    image: x\n    environment: {N: 2}\n    command: sh -c '${script("$$N")}'\n`,
      HERE,
    ],
    [
      "a service's command",
      "compose",
      `services:\n  a:\n    image: x\n    environment:\n      C: ${RUN} --tp 2\n    command: bash -c '$$C'\n`,
      HERE,
    ],
    [
      "a container's command",
      "kubernetes",
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    env: [{name: C, value: "${RUN} --tp 2"}]\n    command: [sh, -c, $C]\n`,
      HERE,
    ],
    [
      "an image's command",
      "dockerfile",
      `FROM x\nENV C="${RUN} --tp 2"\nCMD ["sh", "-c", "exec $C"]\n`,
      HERE,
    ],
    ["an image's shell form", "dockerfile", `FROM x\nENV C="${RUN} --tp 2"\nCMD $C\n`, HERE],
  ])("%s (%s)", (_, notation, text, expected) => {
    expect(read(text, notation)).toEqual([expected]);
  });

  test("its environment belongs to the launch", () => {
    const { launches } = open(
      `export LOADWORKER=18\nA=1 bash -c '${RUN}'\nssh h '${RUN}'\n`,
      { setting: "v1.2.0" },
      "shell",
    );
    const names = launches.map(({ launch }) => launch.environment.map(({ name }) => name));
    expect(names).toEqual([["LOADWORKER", "A"], []]);
  });

  test.each([
    ["an exported variable is set again", "export A=1; A=2", { A: "2" }],
    ["it is extended", "export A=1\nA+=2", { A: "12" }],
    ["it is exported before it is set", "export A; A=2", { A: "2" }],
    ["it is removed", "export A=1 B=2\nunset A", { B: "2" }],
    ["it is not exported any more", "export A=1 B=2\nexport -n A\ndeclare +x B", {}],
    ["typeset and declare", "typeset -x A=1\ndeclare -gx B=2\ndeclare C=3", { A: "1", B: "2" }],
    ["all is exported", "set -a\nA=1\nset +a\nB=2", { A: "1" }],
    ["all is exported, by a name", "set -eo allexport\nA=1\nset +o allexport\nB=2", { A: "1" }],
    ["parameters that look like options", "set -- -a\nA=1", {}],
    ["a branch sets it", "export A=1\nif x; then A=2; fi", { A: undefined }],
    ["a branch removes it", "export A=1\n[ $B ] && unset A", { A: undefined }],
    ["it is read", "export A=1\nread A", { A: undefined }],
  ])("where %s", (_, before, expected) => {
    const [judged] = open(`${before}\n${RUN}\n`, {}, "shell").launches;
    const set = judged?.launch.environment.map(({ name, value }) => [name, value.text]) ?? [];
    expect(Object.fromEntries(set)).toEqual(expected);
  });
});

describe("reads what Python joins, and each launch once", () => {
  test.each<[string, string, (string | null)[][]]>([
    ["a list that runs as a string", `c = [${LIST}, "--tp", "2"]\nos.system(" ".join(c))\n`, [HERE]],
    ["a joined list", `c = ' '.join([${LIST}, "--tp", "2"])\nsubprocess.run(c, shell=True)\n`, [HERE]],
    ["words after a string", `a = ["--tp", "2"]\nc = "${RUN} " + " ".join(a)\nos.system(c)\n`, [HERE]],
    ["words in an f-string", `a = ["--tp", "2"]\nos.system(f"${RUN} {' '.join(a)}")\n`, [HERE]],
    ["map", `a = ["--tp", 2]\nos.system("${RUN} " + " ".join(map(str, a)))\n`, [HERE]],
    ["a generator", `a = ["--tp", 2]\nos.system("${RUN} " + " ".join(str(x) for x in a))\n`, [HERE]],
    ["shlex.join", `a = ["--tp", "2"]\nos.system("${RUN} " + shlex.join(a))\n`, [HERE]],
    ["shlex.split", `c = "${RUN} --tp 2"\nsubprocess.run(shlex.split(c))\n`, [HERE]],
    ["a joined list with more", `c = [${LIST}]\nos.system(" ".join(c) + " --tp 2")\n`, [HERE]],
    ["a string with more", `c = "${RUN}"\nos.system(c + " --tp 2")\n`, [HERE]],
    ["a string in another", `c = "${RUN}"\nos.system(f"nohup {c} --tp 2 &")\n`, [HERE]],
    ["flags in a name", `a = "--tp 2"\nos.system(f"${RUN} {a}")\n`, [HERE]],
    [
      "a string that runs twice",
      `c = "${RUN}"\nos.system(c + " --tp 2")\nos.system(c + " --tp 4")\n`,
      [HERE, ["--model_dir", "/m", "--tp", "4"]],
    ],
    [
      "a branch that adds to a list",
      `c = [${LIST}]\nif x:\n    c = c + ["--tp", "2"]\nrun(c)\n`,
      [["--model_dir", "/m", null]],
    ],
  ])("%s", (_, text, expected) => {
    expect(read(text, "python")).toEqual(expected);
  });

  test("a word that runs twice is one finding, at its own place", () => {
    const text = `f = "--prot 1"\nc = f"${RUN} {f}"\nos.system(c + " --tp 2")\nos.system(c + " --tp 4")\n`;
    expect(findingsOf(text, {}, "python")).toEqual(["argparse-unknown-flag: --prot"]);
  });
});

describe("knows no argument of a list that Python changes in a way that is not followed", () => {
  const changed = (change: string) => `c = [${LIST}, "--tp", "x"]\n${change}\nsubprocess.run(c)\n`;
  const known = ["--model_dir", "/m", "--tp", "x"];
  test.each([
    ["an entry", changed('c[6] = "2"')],
    ["an entry that is found", changed('c[c.index("--tp") + 1] = "2"')],
    ["the last entry", changed('c[-1] = "2"')],
    ["several entries", changed('c[5:7] = ["--tp", "2"]')],
    ["an entry is made longer", changed('c[6] += "2"')],
    ["an entry is removed", changed("del c[5:]")],
    ["pop", changed("c.pop()")],
    ["pop in a branch", changed("if a:\n    c.pop()")],
    ["remove", changed('c.remove("--tp")')],
    ["insert", changed('c.insert(6, "--x")')],
    ["clear", changed("c.clear()")],
    ["it is repeated", changed("c *= 2")],
    ["a part of it", changed("c = c[:-2]")],
    ["a part of it, and more", changed('c = c[:5] + ["--tp", "2"]')],
    ["some of its words", changed("c = [w for w in c if w]")],
    ["what a function makes of it", changed("c = fixed(c)")],
    ["another name", changed('d = c\nd[6] = "2"')],
    ["a part that runs", `c = [${LIST}, "--tp", "x"]\nsubprocess.run(c[:-2])\n`],
    ["another function", `c = [${LIST}, "--tp", "x"]\ndef f():\n    c[6] = "2"\nf()\nrun(c)\n`],
    ["a function that gets it", `def f(c):\n    c.pop()\nc = [${LIST}, "--tp", "x"]\nf(c)\nrun(c)\n`],
    ["an attribute", `class A:\n  def f(self):\n    self.c = [${LIST}]\n    self.c[4] = "x"\n`],
    ["a dictionary", `c = {"a": [${LIST}]}\nc['a'].pop()\n`],
    ["a string", `c = "${RUN} --tp x"\nc = c.replace("x", "2")\nos.system(c)\n`],
  ])("%s", (_, text) => {
    expect(read(text, "python")).toEqual([[null]]);
    expect(findingsOf(text, {}, "python")).toEqual([]);
  });

  test.each([
    ["the program", changed('c[0] = "python3"'), known],
    ["a program before it", changed('c.insert(0, "nohup")'), known],
    ["words are added", changed("c.extend(more)"), [...known, null]],
    ["a function adds words", `def f(c):\n    c.append(1)\n${changed("f(c)")}`, [...known, null]],
    [
      "an attribute is added to",
      `self.c = [${LIST}]\nself.c += ["--tp", "2"]\n`,
      ["--model_dir", "/m", null],
    ],
    ["it is changed after the start", `c = [${LIST}]\nrun(c)\nc.clear()\n`, ["--model_dir", "/m"]],
    ["each word as text", changed("c = [str(w) for w in c]"), known],
    ["a part is printed", changed("print(c[3:])"), known],
  ])("but where %s", (_, text, expected) => {
    expect(read(text, "python")).toEqual([expected]);
  });
});

describe("knows no value that a declaration or the script's IFS changes", () => {
  test.each([
    ["its own IFS", "IFS=,\nX=--tp,8", "$X"],
    ["arithmetic", "declare -i X=4+4", "$X"],
    ["another case", "typeset -u X=abc", "$X"],
    ["a name for another variable", "U=8; declare -n X=U; X=9", "$U"],
    ["indices", "X=([1]=8 [0]=--tp)", '"${X[@]}"'],
    ["an element that is removed", 'X=(--tp 8)\nunset "X[1]"', '"${X[@]}"'],
  ])("%s", (_, before, word) => {
    expect(read(`${before}\n${RUN} ${word}\n`, "shell")).toEqual([["--model_dir", "/m", null]]);
  });
});

describe("knows which expansions in double quotes are one word", () => {
  const wordOf = (text: string, notation: TestNotation) =>
    open(text, {}, notation).launches[0]?.launch.arguments[0]?.words[0];

  test.each([
    ["$@", true],
    ["${@}", true],
    ["${@:2}", true],
    ["${A[@]}", true],
    ["${A[@]:1}", true],
    ["${!A[@]}", true],
    ["${!A@}", true],
    ['${1+"$@"}', true],
    ["$*", false],
    ["${A[*]}", false],
    ["${#A[@]}", false],
    ["${!A*}", false],
    ["${A[1]}", false],
    ['$(f "$@")', false],
  ])("%s: %s", (written, splits) => {
    const inShell = wordOf(`${RUN.replace("--model_dir /m", "")} --model_dir "${written}"\n`, "shell");
    expect([inShell?.text, inShell?.splits ?? false]).toEqual([undefined, splits]);
    if (!/^\$\W*[@*]$/.test(written) || written.includes("{")) {
      const inConfig = wordOf(`model_dir: '${written}'\n`, "yaml");
      expect([inConfig?.text, inConfig?.splits ?? false]).toEqual([undefined, splits]);
    }
  });
});

describe("keeps the value of a key that a template makes", () => {
  const convert = (text: string) => {
    const document = open(text, {}, "yaml");
    return service
      .conversionOf(document, document.launches, "command")
      .text.replace(/^.*api_server /, "")
      .trim();
  };

  test.each([
    ["a value", "tp: 2\n{{ .K }}: 8\n", '--tp 2 "--${K}" 8'],
    ["a list, a part of a name", '"{{ .K }}_ids": [0, 1]\n', '"--${K}_ids" 0 1'],
    ["a switch", "{{ .K }}: true\n", '"--${K}"'],
    ["a switch that is off", "tp: 2\n{{ .K }}: false\n", "--tp 2"],
    ["a value that a template makes", "{{ .K }}: {{ .V }}\n", '"--${K}" "${V}"'],
    ["a mapping, which may be the environment", "{{ .K }}:\n  A: 1\n", "${K}"],
  ])("%s", (_, text, expected) => {
    expect(convert(text)).toBe(expected);
    expect(findingsOf(text, {}, "yaml")).toEqual([]);
  });
});

describe("reads the line ends that PyYAML knows besides those of editors", () => {
  test.each([
    ["a separator of lines", "tp: 8\u2028dp: 2\n", [["--tp", "8", "--dp", "2"]]],
    ["a separator of paragraphs", "tp: 8\u2029dp: 2\n", [["--tp", "8", "--dp", "2"]]],
    ["a next line", "tp: 8\u0085dp: 2\n", [["--tp", "8", "--dp", "2"]]],
    ["after a comment", "# c\u2028tp: 8 # d\u0085dp: 2", [["--tp", "8", "--dp", "2"]]],
    ["in a list", "visual_gpu_ids: [0,\u20281]\n", [["--visual_gpu_ids", "0", "1"]]],
    [
      "before a separator of documents",
      "tp: 8\u2028---\ndp: 2\u2028---\u2028tp: 4",
      [
        ["--tp", "8"],
        ["--dp", "2"],
        ["--tp", "4"],
      ],
    ],
    ["at the end", "host: a\u2028", [["--host", "a"]]],
    [
      "in quotes",
      "host: 'a\u2028b'\nmodel_name: \"c\u2029d\"",
      [["--host", "a\u2028b", "--model_name", "c\u2029d"]],
    ],
    [
      "in quotes, where it is folded",
      "host: 'a\u0085b'\nmodel_name: \"c \u2029d\"",
      [["--host", null, "--model_name", null]],
    ],
  ])("%s", (_, text, expected) => {
    expect(read(text, "yaml")).toEqual(expected);
  });

  test("in a Compose file", () => {
    expect(read(`services:\u2028  a:\n    image: x\u0085    command: ${RUN} --tp 2\n`, "compose")).toEqual([
      HERE,
    ]);
  });
});

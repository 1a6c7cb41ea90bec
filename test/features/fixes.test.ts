/**
 * The offered fixes, their kinds, and the result of "fix all". The rows cover every way in which a fix could do harm.
 */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FIX_ALL_KIND } from "../../server/src/features/code-action-kinds";
import type { FixedAll } from "../../server/src/features/command-ids";
import { withConfig } from "../../server/src/judgement/surroundings";
import { type LaunchDocument, service } from "../../server/src/service";
import { afterFix, open, type TestNotation } from "../support/service";

const { applyEdits, codeActions, fixesOf, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";
const everywhere = (text: string) => ({
  start: { line: 0, character: 0 },
  end: { line: text.split("\n").length, character: 0 },
});

/** The text after the editor's "fix all", as on save; unchanged if there is nothing to fix. */
function fixAll(text: string, notation: TestNotation = "yaml", release = "v1.1.0"): string {
  const launchDocument = open(text, { setting: release }, notation);
  const query = { range: everywhere(text), diagnostics: [], only: [FIX_ALL_KIND] };
  const [action] = codeActions(launchDocument, query, { conversions: { kind: "commands" } });
  const { document } = launchDocument;
  const fixed = TextDocument.applyEdits(document, action?.edit?.changes?.[document.uri] ?? []);
  const told: FixedAll | undefined = action?.command?.arguments?.[0];
  const after = TextDocument.create(document.uri, "", 0, fixed);
  expect(TextDocument.applyEdits(after, [...(told?.undo ?? [])]), "undone").toBe(text);
  for (const { range, there } of told?.undo ?? []) expect(after.getText(range)).toBe(there);
  return fixed;
}

/** The fixes of the first finding with a code, as `kind title`, the preferred one with a star. */
function fixesAt(launchDocument: LaunchDocument, code: string): string[] {
  const finding = reportedFindings(launchDocument).find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code}.`);
  return fixesOf(launchDocument, finding).map(
    ({ kind, title, preferred }) => `${kind}: ${title}${preferred ? " *" : ""}`,
  );
}

function codesOf(launchDocument: LaunchDocument): string[] {
  return reportedFindings(launchDocument).map(({ code }) => code);
}

describe("fix all (C1)", () => {
  test.each<[string, string, string, TestNotation]>([
    [
      "a hyphen, a capital",
      "max-req-total-len: 8192\nTp: 2\nmodel_dir: /m\n",
      "max_req_total_len: 8192\ntp: 2\nmodel_dir: /m\n",
      "yaml",
    ],
    [
      "a slip of the finger",
      "model_dir: /m\nmax_req_totl_len: 16384\n",
      "model_dir: /m\nmax_req_total_len: 16384\n",
      "yaml",
    ],
    ["a number with a point", "model_dir: /m\ntp: 8.0\n", "model_dir: /m\ntp: 8\n", "yaml"],
    [
      "a list in one word",
      "model_dir: /m\nenable_multimodal: true\nvisual_gpu_ids: 0,1\n",
      "model_dir: /m\nenable_multimodal: true\nvisual_gpu_ids: [0, 1]\n",
      "yaml",
    ],
    ["an exact duplicate", "model_dir: /m\ntp: 2\ntp: 2\n", "model_dir: /m\ntp: 2\n", "yaml"],
    ["a space after a backslash", `${RUN} \\ \n  --model_dir /m\n`, `${RUN} \\\n  --model_dir /m\n`, "shell"],
    [
      "a missing backslash",
      `${RUN} --model_dir /m\n  --tp 2\n`,
      `${RUN} --model_dir /m \\\n  --tp 2\n`,
      "shell",
    ],
    [
      "a backslash that a comment swallows",
      `${RUN} --model_dir /m  # all\n  --tp 2\n`,
      `# all\n${RUN} --model_dir /m \\\n  --tp 2\n`,
      "shell",
    ],
    [
      "a comment in a command",
      `${RUN} --model_dir /m \\\n  # two\n  --tp 2\n`,
      `# two\n${RUN} --model_dir /m \\\n  --tp 2\n`,
      "shell",
    ],
    [
      "a dash and quotes of a word processor",
      `${RUN} —model_dir “/m x”\n`,
      `${RUN} --model_dir "/m x"\n`,
      "shell",
    ],
    [
      "an element with a space",
      `CMD ["python", "-m", "lightllm.server.api_server", "--model_dir /m"]\n`,
      `CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m"]\n`,
      "dockerfile",
    ],
    [
      "a dash and quotes of a word processor in a list",
      `CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "\u201c/m\u201d", "\u2014tp", "2"]\n`,
      `CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--tp", "2"]\n`,
      "dockerfile",
    ],
    [
      "a sign before a value, a comma after",
      `${RUN} --model_dir = /m --tp 2,\n`,
      `${RUN} --model_dir /m --tp 2\n`,
      "shell",
    ],
    [
      "blanks around a sign",
      `TP = 2\nexport B =1\n${RUN} --model_dir /m\n`,
      `TP=2\nexport B=1\n${RUN} --model_dir /m\n`,
      "shell",
    ],
    [
      "blanks after ENV",
      `FROM x\nENV A = 1\nCMD ${RUN} --model_dir /m\n`,
      `FROM x\nENV A=1\nCMD ${RUN} --model_dir /m\n`,
      "dockerfile",
    ],
    [
      "blanks in a unit",
      `[Service]\nEnvironment=A = 1\nExecStart=/usr/bin/${RUN} --model_dir /m\n`,
      `[Service]\nEnvironment=A=1\nExecStart=/usr/bin/${RUN} --model_dir /m\n`,
      "systemd",
    ],
    ["full-width colons alone", "model_dir\uff1a /m\ntp\uff1a 2\n", "model_dir: /m\ntp: 2\n", "yaml"],
    [
      "full-width spaces",
      "model_dir: /m\nenv:\n\u3000A: 1\n\u3000B: 2\n\u00a0tp: 2\n",
      "model_dir: /m\nenv:\n A: 1\n B: 2\n tp: 2\n",
      "yaml",
    ],
    [
      "a flag that has another name now",
      `${RUN} --model_dir /m --enable_fa3\n`,
      `${RUN} --model_dir /m --llm_prefill_att_backend fa3 --llm_decode_att_backend fa3\n`,
      "shell",
    ],
  ])("fixes %s", (what, text, expected, notation) => {
    const release = what.startsWith("a flag that has another name") ? "v1.2.0" : "v1.1.0";
    expect(fixAll(text, notation, release)).toBe(expected);
    expect(fixAll(expected, notation, release), "a second time").toBe(expected);
  });

  test.each<[string, string, string]>([
    [
      "each fix by its line in the text afterwards",
      "tp: 2\ntp: 2\nmodle_dir: /m\nmax-req-total-len: 8192\n",
      "Fixed line 1: Remove this 'tp'; line 2: Change to 'model_dir'; line 3: Change to 'max_req_total_len'.",
    ],
    [
      "the first of many",
      "modle_dir: /m\nTp: 2\nmax-req-total-len: 8192\nprot: 80\nHost: a\n",
      "Fixed line 1: Change to 'model_dir'; line 2: Change to 'tp'; line 3: Change to 'max_req_total_len'; 2 more.",
    ],
  ])("says %s", (_, text, expected) => {
    const query = { range: everywhere(text), diagnostics: [], only: [FIX_ALL_KIND] };
    const action = (asked: boolean, options: object) =>
      codeActions(open(text, { setting: "v1.1.0" }), { ...query, asked }, options)[0];
    const means = { conversions: { kind: "commands" } };
    expect(action(true, means)?.command?.arguments?.[0]).toMatchObject({ fixed: expected, unasked: false });
    expect(action(false, means)?.command?.arguments?.[0]).toMatchObject({ unasked: true });
    expect(action(true, {})?.command, "a client without the command").toBeUndefined();
  });

  test.each<[string, string, TestNotation]>([
    ["a fraction out of range", "model_dir: /m\nmem_fraction: 1.5\n", "yaml"],
    ["a choice between two flags", "model_dir: /m\ntp: 6\ndp: 4\n", "yaml"],
    ["an address that only the user knows", "model_dir: /m\nnnodes: 2\ntp: 16\n", "yaml"],
    ["a parameter of the script", `MODEL="\${1:-}"\n${RUN} --model_dir "$MODEL"\n`, "shell"],
    ["a missing model", "tp: 8\n", "yaml"],
    ["a feature that cannot be", "model_dir: /m\nrun_mode: decode\nenable_cpu_cache: true\n", "yaml"],
    ["two values of one flag", "model_dir: /m\ntp: 2\ntp: 4\n", "yaml"],
    ["a unit that may be 1000 or 1024", "model_dir: /m\nmax_req_total_len: 16k\n", "yaml"],
    ["a comma that is another number elsewhere", "model_dir: /m\nmax_req_total_len: 16,384\n", "yaml"],
    ["a digit that may be wrong", "model_dir: /m\nllm_kv_type: int7kv\n", "yaml"],
    ["a word that other flags have", "model_dir: /m\npd_master_host: 10.0.0.5\n", "yaml"],
    [
      "a flag of another server that means something else",
      "model_dir: /m\ntp: 4\ndata-parallel-size: 2\n",
      "yaml",
    ],
    ["a flag that is gone", "model_dir: /m\nsplitfuse_mode: true\n", "yaml"],
    ["a word that belongs to no flag", `${RUN} --model_dir /m stray\n`, "shell"],
    ["a request for help", `${RUN} --model_dir /m --help\n`, "shell"],
    ["an open quote", "model_dir: '/m\ntp: 2\n", "yaml"],
    [
      "the words of a script after a flag that has another name now",
      `${RUN} --model_dir /m --enable_fa3 "$@"\n`,
      "shell",
    ],
    ["an unknown word after a switch", `${RUN} --model_dir /m --enable_mps no $EXTRA\n`, "shell"],
    [
      "the variable of a value",
      `services:\n  a:\n    command: [python, -m, lightllm.server.api_server, --model_dir, /m, "--dp=\${DP:-8.0}"]\n`,
      "compose",
    ],
    [
      "an action of a template",
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      args:\n        - python\n        - -m\n        - lightllm.server.api_server\n        - --model_dir\n        - /m\n        - --tp {{ .Values.tp | default "8" }}\n`,
      "kubernetes",
    ],
    [
      "a duplicate in an array of several launches",
      `ARGS=(--model_dir /m --tp 8)\n${RUN} "\${ARGS[@]}" --tp 8\n${RUN} "\${ARGS[@]}" --port 9000\n`,
      "shell",
    ],
    [
      "a variable that the script uses elsewhere",
      `export LIGHTLLM_TRACEDIR=/x\nls $LIGHTLLM_TRACEDIR\n${RUN} --model_dir /m\n`,
      "shell",
    ],
    [
      "an f-string",
      `import subprocess\nn = int(input())\nsubprocess.run(["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", f"--tp {n}"])\n`,
      "python",
    ],
    ["two keys on a line", "model_dir: /m tp: 8\n", "yaml"],
    ["quotes of a word processor in real ones", `${RUN} --model_dir /m --model_name '“x”'\n`, "shell"],
    ["quotes that do not match", `${RUN} --model_dir /m --model_name b” --port 81\n`, "shell"],
    ["quotes around a variable", `${RUN} --model_dir ‘$X’\n`, "shell"],
    ["a name of short words", "model_dir: /m\nbos_id: 2\n", "yaml"],
    ["a misspelt flag beside the right one", "model_dir: /m\ntp: 4\nTP: 8\n", "yaml"],
    ["the last of two values that is None", `${RUN} --model_dir /m --eos_id 1 --eos_id None\n`, "shell"],
    ["a comment that would silence the file", "# lightllm: offf\nmodel_dir: /m\ntp: 8\n", "yaml"],
    ["a number with a unit", "model_dir: /m\nmax_req_total_len: 1.3k\n", "yaml"],
    ["a comment beside a duplicate", "model_dir: /m\ntp: 8 # keep: reason\ntp: 8\n", "yaml"],
    [
      "a comment that would land in a string",
      `export A="x\ny"; ${RUN} --model_dir /m # n\n  --tp 8\n`,
      "shell",
    ],
  ])("leaves %s to the user", (_, text, notation) => {
    expect(fixAll(text, notation, "v1.2.0")).toBe(text);
  });

  test("still reports what it does not fix", () => {
    const text = "model-dir: /m\nmem_fraction: 1.5\n";
    const fixed = fixAll(text);
    expect(fixed).toBe("model_dir: /m\nmem_fraction: 1.5\n");
    expect(codesOf(open(fixed, { setting: "v1.1.0" }))).toEqual(["mem-fraction-range"]);
  });
});

describe("a stand-in", () => {
  test.each<[string, string, string, TestNotation]>([
    ["model-dir-required", "tp: 8\n", "tp: 8\nmodel_dir: /path/to/model\n", "yaml"],
    ["model-dir-required", `${RUN} --tp 8\n`, `${RUN} --tp 8 --model_dir /path/to/model\n`, "shell"],
    [
      "multinode-needs-nccl-host",
      "model_dir: /m\nnnodes: 2\ntp: 16\n",
      "model_dir: /m\nnnodes: 2\ntp: 16\nnccl_host: 192.0.2.1\n",
      "yaml",
    ],
  ])(
    "for %s is never preferred, says that it is one, and is a finding until it is replaced",
    (code, text, expected, notation) => {
      const before = open(text, { setting: "v1.1.0" }, notation);
      const finding = reportedFindings(before).find((one) => one.code === code);
      const fix = finding && fixesOf(before, finding).find(({ kind }) => kind === "stand-in");
      expect(fix?.preferred).toBe(false);
      expect(fix?.title).toMatch(/stand/);
      const after = applyEdits(text, fix?.edits ?? []);
      expect(after).toBe(expected);
      expect(codesOf(open(after, { setting: "v1.1.0" }, notation))).toEqual(["stand-in-value"]);
    },
  );
});

describe("words of several places (A4)", () => {
  test.each<[TestNotation, string]>([
    ["shell", `ARGS=(foo)\n${RUN} --model_dir /m bar "\${ARGS[@]}"\n`],
    ["shell", `TP=2\n${RUN} --model_dir /m 1 $TP --prot $TP\n`],
    ["markdown", `\`\`\`bash\nA="a b"\n${RUN} --model_dir /m c $A\n\`\`\`\n`],
    [
      "python",
      `a = ["foo"]\nrun(["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "bar", *a])\n`,
    ],
    ["yaml", "x-a: &a [3]\nmodel_dir: /m\ntp: *a\nx-arguments: bar\n"],
  ])("a finding has one place, and fixing all ends (%s): %j", (notation, text) => {
    const launchDocument = open(text, {}, notation);
    const findings = reportedFindings(launchDocument);
    expect(findings).not.toEqual([]);
    for (const { span } of findings) expect(span.start).toBeLessThanOrEqual(span.end);
    const fixed = fixAll(text, notation);
    expect(fixed.length).toBeLessThan(2 * text.length);
    expect(fixAll(fixed, notation)).toBe(fixed);
  });
});

describe("a model that cannot be read (C2)", () => {
  test("gets no end token and no data type that we made up", () => {
    const script = open(`${RUN} --model_dir /m\n`, {}, "shell", {
      model: () => ({ kind: "folder", files: { config: undefined } }),
      cannotBeMade: () => false,
    });
    const invented = reportedFindings(script).flatMap((finding) =>
      fixesOf(script, finding).filter(({ edits }) =>
        edits.some(({ newText }) => /eos_id|data_type/.test(newText)),
      ),
    );
    expect(codesOf(script)).not.toEqual([]);
    expect(invented).toEqual([]);
  });

  test("gets the end token that its config.json has elsewhere", () => {
    const model = { model_type: "llava", text_config: { model_type: "llama", eos_token_id: 2 } };
    const text = "model_dir: /m\nenable_multimodal: true\n";
    const config = open(text, { setting: "v1.0.1" }, "yaml", withConfig(JSON.stringify(model)));
    expect(fixesAt(config, "eos-id-not-derivable")).toEqual(["choice: Add `eos_id: 2` *"]);
  });
});

describe("sizes below one (C3)", () => {
  test.each<[string, string]>([
    ["max_req_total_len", "-1"],
    ["max_req_total_len", "0"],
    ["batch_max_tokens", "-1"],
    ["running_max_req_size", "0"],
    ["tp", "0"],
    ["tp", "-2"],
    ["graph_max_batch_size", "-8"],
  ])("%s %s is a finding in every release, whatever the start-up says", (flag, value) => {
    for (const release of ["v1.0.1", "v1.1.0", "v1.2.0"]) {
      const config = open(`model_dir: /m\n${flag}: ${value}\n`, { setting: release });
      expect(codesOf(config), release).toContain("number-not-positive");
    }
  });

  test("a fix does not work around the number", () => {
    const script = open(`${RUN} --model_dir /m --max_req_total_len -1\n`, { setting: "v1.1.0" }, "shell");
    expect(fixesAt(script, "batch-max-tokens-vs-chunk")[0]).toBe(
      "choice: Remove `--max_req_total_len -1` (the default is `16384`) *",
    );
  });
});

describe("text that cannot be read (C4)", () => {
  test.each<[string, string, TestNotation]>([
    ["a tab that indents", "tp: 8\n\tport: 9\n", "yaml"],
    ["an open quote", `${RUN} "\n`, "shell"],
    ["a list in the place of a value", "host: - a\n", "yaml"],
    ["a key with an anchor", "&a tp: 8\n", "yaml"],
    ["an open bracket", "visual_gpu_ids: [0, 1\ntp: 8\n", "yaml"],
    ["a line of its own", "tp: 8\nwhat is this\n", "yaml"],
  ])("gets no fix that adds or removes lines: %s", (_, text, notation) => {
    const launchDocument = open(text, { setting: "v1.1.0" }, notation);
    expect(fixAll(text, notation)).toBe(text);
    for (const finding of reportedFindings(launchDocument)) {
      for (const { title, edits } of fixesOf(launchDocument, finding)) {
        const after = open(applyEdits(text, edits), { setting: "v1.1.0" }, notation);
        const same = reportedFindings(after).filter(({ code }) => code === finding.code);
        expect(same.length, title).toBeLessThan(
          reportedFindings(launchDocument).filter(({ code }) => code === finding.code).length,
        );
      }
    }
  });
});

describe("a value that is written once and used twice", () => {
  test.each<[string, string, string, TestNotation]>([
    [
      "in one launch",
      `ENV TP=s\nCMD ${RUN} --model_dir /m --tp $TP --tp $TP\n`,
      `ENV TP=s\nCMD ${RUN} --model_dir /m\n`,
      "dockerfile",
    ],
    [
      "in two launches",
      `TP=s\n${RUN} --model_dir /m --tp $TP\n${RUN} --model_dir /n --tp $TP --port 81\n`,
      `TP=s\n${RUN} --model_dir /m\n${RUN} --model_dir /n --port 81\n`,
      "shell",
    ],
  ])("%s is reported once, and a fix corrects every use", (_, text, expected, notation) => {
    const before = open(text, {}, notation);
    expect(codesOf(before).filter((code) => code === "argparse-type-int-float").length).toBe(1);
    expect(afterFix(text, "argparse-type-int-float", undefined, notation)).toBe(expected);
  });
});

describe("a value inside a reference", () => {
  const SERVICE = "services:\n  a:\n    image: x\n    command: ";
  const HALF = `${RUN} --model_dir /m --data_type`;
  test.each<[string, TestNotation]>([
    [`bash -c "${HALF} \${D:-half} --tp 2"\n`, "shell"],
    [`A="--data_type half"\nbash -c "${RUN} --model_dir /m $A --tp 2"\n`, "shell"],
    [`${SERVICE}bash -c "${HALF} \${D:-half} --tp 2"\n`, "compose"],
    [`${SERVICE}sh -c '${HALF} \${D:-half} --tp 2'\n`, "compose"],
  ])("is corrected in it: %s (%s)", (text, notation) => {
    expect(afterFix(text, "argparse-choice", undefined, notation)).toBe(text.replace("half", "float16"));
  });

  test.each(["${D:-ha}lf", "ha${D:-lf}"])("is no value to write if it is only a part of one: %s", (value) => {
    const document = open(`bash -c "${HALF} ${value} --tp 2"\n`, {}, "shell");
    const found = reportedFindings(document).filter(({ code }) => code === "argparse-choice");
    expect(found.map((finding) => fixesOf(document, finding))).toEqual([[]]);
  });
});

describe("a comment that silences a finding", () => {
  test.each([
    [`echo "a\nb" && ${RUN} --prot 1\n`],
    [`y="a\n$(${RUN} --prot 1)\nb"\n`],
    [`if true \\\n; then ${RUN} --prot 1; fi\n`],
  ])("is not offered where it would be a part of the script: %j", (text) => {
    const actions = codeActions(open(text, {}, "shell"), { range: everywhere(text), diagnostics: [] });
    expect(actions.filter(({ title }) => title.startsWith("Ignore 'argparse-unknown-flag'"))).toEqual([]);
  });

  test.each(["|", ">-", "|2"])(
    "is above the key of a text of several lines that Compose splits: %s",
    (header) => {
      const service = (comment: string) =>
        `services:\n  a:\n    image: x\n${comment}    command: ${header}\n      ${RUN}\n\n      --model_dir /m --prot 1\n`;
      const text = service("");
      const actions = codeActions(open(text, {}, "compose"), { range: everywhere(text), diagnostics: [] });
      const ignore = actions.find(({ title }) => title === "Ignore 'argparse-unknown-flag' in this launch");
      const [edit] = Object.values(ignore?.edit?.changes ?? {}).flat();
      expect(edit?.newText.trim()).toBe("# lightllm: disable-next-line=argparse-unknown-flag");
      const after = service(`    ${edit?.newText.trim()}\n`);
      expect(codesOf(open(after, {}, "compose"))).toEqual([]);
    },
  );
});

describe("the light bulb (C8)", () => {
  test("has each edit once, for all findings that it fixes", () => {
    const text = "# lightllm: release=v1.1.0\nmodel_dir: /m\nuse_reward_model: true\n";
    const actions = codeActions(open(text), { range: everywhere(text), diagnostics: [], only: ["quickfix"] });
    const edits = actions.map(({ edit }) => JSON.stringify(edit));
    expect(new Set(edits).size).toBe(edits.length);
    const shared = actions.find(({ diagnostics = [] }) => diagnostics.length > 1);
    expect(shared?.diagnostics?.map(({ code }) => code)).toEqual([
      "reward-needs-prompt-cache-off",
      "reward-needs-chunked-off",
    ]);
  });
});

describe("every fix", () => {
  test.each<[string, string, TestNotation]>([
    [
      "a config",
      "model_dir: /m\nmodel-name: x\ntp: 6\ndp: 4\nmem_fraction: 1.5\nprot: 80\nhelp: true\n",
      "yaml",
    ],
    [
      "a script",
      `${RUN} --model_dir /m --tp 6 --dp 4 --mem_fraction 1.5 --prot 80 stray --eos_id x\n`,
      "shell",
    ],
    [
      "two launches of one array",
      `ARGS=(--prot 80 --tp 6)\n${RUN} --model_dir /m "\${ARGS[@]}"\n${RUN} --model_dir /n "\${ARGS[@]}" --dp 4\n`,
      "shell",
    ],
    ["words of an array, and none", `ARGS=(foo)\n${RUN} --model_dir /m bar "\${ARGS[@]}"\n`, "shell"],
  ])("of %s takes its finding away, brings no error, and at most one is preferred", (_, text, notation) => {
    const before = open(text, { setting: "v1.1.0" }, notation);
    const errorsOf = (launchDocument: LaunchDocument) =>
      reportedFindings(launchDocument)
        .filter(({ effect }) => effect === "refused")
        .map(({ code, flag }) => `${code} ${flag}`);
    let seen = 0;
    for (const finding of reportedFindings(before)) {
      const fixes = fixesOf(before, finding);
      expect(fixes.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1);
      for (const { edits, title } of fixes) {
        const after = open(applyEdits(text, edits), { setting: "v1.1.0" }, notation);
        expect(after.launches.length, title).toBe(before.launches.length);
        for (const error of errorsOf(after)) expect(errorsOf(before), title).toContain(error);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});

test("no finding of a place has two preferred actions, also where one action is for several", () => {
  const text = `import os\nos.system("${RUN} --tp 2  --use_dynamic_prompt_cache nan")\n`;
  const launchDocument = open(text, { setting: "v1.1.0" }, "python");
  const actions = codeActions(launchDocument, { range: everywhere(text), diagnostics: [], asked: true });
  const preferred = actions.filter(({ isPreferred }) => isPreferred);
  const about = preferred.flatMap(({ diagnostics = [] }) => diagnostics.map(({ code }) => code));
  expect(about.length).toBeGreaterThan(0);
  expect(about).toEqual([...new Set(about)]);
});

import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { fixesOf, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";

/** The fixes of the findings of a script or a config that write a name or a value, as `kind title`. */
function suggestionsIn(text: string, notation: TestNotation = "shell"): string[] {
  const launchDocument = open(text, { setting: "v1.2.0" }, notation);
  return reportedFindings(launchDocument).flatMap((finding) =>
    fixesOf(launchDocument, finding)
      .filter(({ title }) => /^(Change|Leave|Write)/.test(title))
      .map(({ kind, title }) => `${kind} ${title}`),
  );
}

describe("a word of another meaning gets no suggestion", () => {
  test.each([
    ["a variable", "LIGHTLLM_PROCESSOR_DIR=/x", ""],
    ["a variable", "LIGHTLLM_CACHE_HOME=/x", ""],
    ["a variable", "LIGHTLLM_MODEL_NAME=x", ""],
    ["a flag", "", "--replicas 2"],
    ["a flag", "", "--worker_class uvicorn"],
    ["a flag", "", "--max_retry_count 3"],
    ["a flag", "", "--temperature 0.5"],
    ["a flag", "", "--enable_lora_weights"],
    ["a flag", "", "--beam_width 4"],
    ["a flag", "", "--timeout 60"],
    ["a flag", "", "--enable_sp"],
    ["a flag", "", "--enable_pp"],
    ["a flag", "", "--sp 2"],
    ["a variable", "ENABLE_TP=8", ""],
    ["a variable", "MOE_MODEL=/m", ""],
    ["a variable", "MUSA_VISIBLE_DEVICES=0", ""],
    ["a variable", "NCCL_MIN_NCHANNELS=8", ""],
  ])("%s: %s %s", (_, variable, flag) => {
    const script = `${variable} ${RUN} --model_dir /m ${flag}\n`.trimStart();
    expect(suggestionsIn(script)).toEqual([]);
  });
});

describe("a misspelt name gets the nearest one", () => {
  test.each([
    ["--max_req_total_length 8", "choice Change to `--max_req_total_len`"],
    ["--prot 80", "spelling Change to `--port`"],
    ["--running_max_request_size 8", "choice Change to `--running_max_req_size`"],
  ])("%s", (flag, fix) => {
    expect(suggestionsIn(`${RUN} --model_dir /m ${flag}\n`)[0]).toBe(fix);
  });
});

describe("a word for a value", () => {
  test.each([
    ["--data_type half", ["spelling Change to `float16`"]],
    ["--data_type HALF", ["spelling Change to `float16`"]],
    ["--data_type float", ["spelling Change to `float32`"]],
    ["--data_type torch.bfloat16", ["spelling Change to `bfloat16`"]],
    ["--data_type auto", ["spelling Leave `--data_type` out"]],
    ["--run_mode master", ["spelling Change to `pd_master`"]],
    ["--llm_kv_type int8", ["spelling Change to `int8kv`"]],
    ["--quant_type fp8", []],
  ])("%s is the value that means the same, or none", (words, fixes) => {
    expect(suggestionsIn(`${RUN} --model_dir /m ${words}\n`).slice(0, 1)).toEqual(fixes);
  });
});

/** Names with one typing error in the longest part: a letter missing, doubled, or changed for its neighbour. */
function* typosOf(name: string): Generator<string> {
  const longest = name.split(/[-_]+/).reduce((one, other) => (other.length > one.length ? other : one));
  const at = name.indexOf(longest) + Math.ceil(longest.length / 2);
  yield name.slice(0, at) + name.slice(at + 1);
  yield name.slice(0, at) + name.charAt(at) + name.slice(at);
  if (name.charAt(at) !== name.charAt(at - 1))
    yield name.slice(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.slice(at + 1);
}

describe("every name with one typing error gets the right name first", () => {
  const catalogue = service.shippedCatalogue();
  const release = catalogue.release("v1.2.0");
  const keys = [...(release?.byName.keys() ?? [])]
    .map((name) => name.slice(2))
    .filter((key) => key.length > 3);
  const variables = Object.entries(catalogue.environment())
    // Short names are often the user's own, and two are alike: MAX_PATCH_NUM and MAX_PATH_NUM.
    .filter(([name, { kind }]) => name.length > 8 && !/^MAX_PAT/.test(name) && kind.startsWith("read"))
    .map(([name]) => name);

  /** Whether a finding of a text suggests a name first. */
  function suggests(name: string, text: string, notation: TestNotation): boolean {
    const found = reportedFindings(open(text, { setting: "v1.2.0" }, notation));
    return found.some(({ message }) => message.replaceAll("--", "").includes(`Did you mean \`${name}\``));
  }

  /** The typing errors whose right name is not suggested; a known name or an abbreviation is no error. */
  function missed(names: readonly string[], textOf: (name: string) => string, notation: TestNotation) {
    const isRight = (typo: string) => names.some((other) => other.startsWith(typo));
    return names.flatMap((name) =>
      [...typosOf(name)].filter((typo) => !isRight(typo) && !suggests(name, textOf(typo), notation)),
    );
  }

  test("flags", () => {
    expect(missed(keys, (key) => `${RUN} --model_dir /m --${key}\n`, "shell")).toEqual([]);
  });

  test("keys", () => {
    const some = keys.filter((_, at) => at % 5 === 0);
    expect(missed(some, (key) => `model_dir: /m\n${key}: true\n`, "yaml")).toEqual([]);
  });

  test("variables", () => {
    expect(missed(variables, (name) => `${name}=1 ${RUN} --model_dir /m\n`, "shell")).toEqual([]);
  });

  test.each(["release=v1.2.0", "disable-file=stand-in-value", "disable-next-line=stand-in-value"])(
    "the directive %s",
    (directive) => {
      const [word = ""] = directive.split("=");
      for (const typo of typosOf(word)) {
        const text = `# lightllm: ${directive.replace(word, typo)}\nmodel_dir: /m\n`;
        expect([typo, suggestionsIn(text, "yaml")[0]]).toEqual([
          typo,
          expect.stringContaining(`\`${word}\``),
        ]);
      }
    },
  );

  test("rules", () => {
    for (const code of Object.keys(catalogue.rules()).filter((_, at) => at % 10 === 0))
      for (const typo of typosOf(code)) {
        const text = `# lightllm: disable-file=${typo}\nmodel_dir: /m\n`;
        expect([typo, suggestionsIn(text, "yaml")[0]]).toEqual([
          typo,
          expect.stringContaining(`\`${code}\``),
        ]);
      }
  });

  test("values", () => {
    for (const { name, choices } of release?.flags ?? []) {
      const words = (choices ?? []).filter((word) => typeof word === "string" && word.length > 4).map(String);
      for (const word of words)
        for (const typo of typosOf(word)) {
          const text = `${RUN} --model_dir /m ${name} ${typo}\n`;
          // Without its digit, `int4kv` could be `int8kv`.
          if (words.includes(typo) || typo.replace(/\D/g, "") !== word.replace(/\D/g, "")) continue;
          // A value with which the launch would not start is not offered.
          const [first = `\`${word}\``] = suggestionsIn(text);
          expect([typo, first]).toEqual([typo, expect.stringContaining(`\`${word}\``)]);
        }
    }
  });
});

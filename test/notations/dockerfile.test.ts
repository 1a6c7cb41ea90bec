/** Launches in Dockerfiles: the ones found, with their words and variables. */
import { describe, expect, test } from "vitest";
import { findInDockerfile } from "../../server/src/notations/dockerfile/find";
import { afterFix, findingsOf } from "../support/service";
import {
  afterChange,
  afterTaking,
  environmentIn,
  expectSpansInside,
  labelsIn,
  launchesIn,
  wordsIn,
} from "./fixtures/containers";

const RUN = "python -m lightllm.server.api_server";
const EXEC = '"python", "-m", "lightllm.server.api_server"';

describe("finds the launch", () => {
  test.each<[string, string, string[][]]>([
    ["in CMD, exec form", `FROM x\nCMD [${EXEC}, "--tp", "8"]\n`, [["--tp", "8"]]],
    ["in CMD, shell form", `FROM x\nCMD ${RUN} --tp 8\n`, [["--tp", "8"]]],
    ["in ENTRYPOINT, exec form", `FROM x\nENTRYPOINT [${EXEC}, "--tp", "8"]\n`, [["--tp", "8"]]],
    ["in ENTRYPOINT, shell form", `FROM x\nENTRYPOINT exec ${RUN} --tp 8 --x\n`, [["--tp", "8", "--x"]]],
    ["with a keyword in small letters", `from x\ncmd [${EXEC}, "--tp", "8"]\n`, [["--tp", "8"]]],
    ["on the last line, without a line end", `FROM x\nCMD [${EXEC}, "--tp", "8"]`, [["--tp", "8"]]],
    ["with CRLF line ends", `FROM x\r\nCMD ${RUN} \\\r\n  --tp 8 \\\r\n  --x\r\n`, [["--tp", "8", "--x"]]],
    ["after a byte order mark", `\uFEFFFROM x\nCMD [${EXEC}]\n`, [[]]],
    [
      "in exec form over lines, with comments",
      `FROM x\nCMD [${EXEC}, \\\n  # GPUs\n  "--tp", "8", \\\n\n  "--x"]\n`,
      [["--tp", "8", "--x"]],
    ],
    [
      "in shell form over lines, with comments, blank lines and white space after the backslash",
      `FROM x\nCMD ${RUN} \\\n  # GPUs\n  --tp 8 \\  \n\n    # more\n  --x\nEXPOSE 80\n`,
      [["--tp", "8", "--x"]],
    ],
    [
      "with another escape character",
      `# escape=\`\nFROM x\nCMD ${RUN} \`\n  --tp 8 \`\n  --x\n`,
      [["--tp", "8", "--x"]],
    ],
    ["after a wrapper", `FROM x\nENTRYPOINT ["tini", "--", ${EXEC}, "--tp", "8"]\n`, [["--tp", "8"]]],
    [
      "in a string for a shell",
      `FROM x\nCMD ["/bin/bash", "-lc", "cd /x && ${RUN} --model_name \\"a b\\" --tp 8"]\n`,
      [["--model_name", "a b", "--tp", "8"]],
    ],
    ["in RUN", `FROM x\nRUN --mount=type=cache,target=/c --network=none ${RUN} --tp 8\n`, [["--tp", "8"]]],
    [
      "in ONBUILD",
      `FROM x\nONBUILD CMD [${EXEC}, "--tp", "2"]\nonbuild run ${RUN} --tp 4\nONBUILD COPY a b\n`,
      [
        ["--tp", "2"],
        ["--tp", "4"],
      ],
    ],
    [
      "in ONBUILD, as arguments of an entry point",
      `FROM x\nENTRYPOINT [${EXEC}]\nONBUILD CMD ["--tp", "2"]\nCMD ["--tp", "4"]\n`,
      [
        ["--tp", "4"],
        ["--tp", "2"],
      ],
    ],
    [
      "in exec form with single quotes",
      `FROM x\nCMD [${EXEC.replaceAll('"', "'")}, '--tp', '8']\n`,
      [["--tp", "8"]],
    ],
    ["not in a health check", `FROM x\nHEALTHCHECK CMD curl http://a/health # ${RUN}\n`, []],
    ["in RUN, exec form", `FROM x\nRUN [${EXEC}, "--tp", "8"]\n`, [["--tp", "8"]]],
    ["in a here-document", `FROM x\nRUN <<EOF\nset -e\n${RUN} --tp 8\nEOF\nCMD ["x"]\n`, [["--tp", "8"]]],
    [
      "in a here-document that becomes a file",
      `FROM x\nRUN cat <<'EOF' > /start.sh\n#!/bin/bash\nexec ${RUN} --tp 8\nEOF\n`,
      [["--tp", "8"]],
    ],
    [
      "in a copied here-document",
      `FROM x\nCOPY <<-EOF /start.sh\n\t${RUN} --tp 8\n\tEOF\nCMD ["/start.sh"]\n`,
      [["--tp", "8"]],
    ],
    [
      "with escapes in JSON",
      `FROM x\nCMD [${EXEC}, "--model_name", "a\\u00e9\\"\\\\b"]\n`,
      [["--model_name", 'aé"\\b']],
    ],
    [
      "with single quotes, which Docker does not take",
      `FROM x\nCMD ['python', '-m', 'lightllm.server.api_server', '--tp', '8']`,
      [["--tp", "8"]],
    ],
  ])("%s", (_, text, words) => {
    expect(wordsIn("dockerfile", text)).toEqual(words);
  });

  test.each<[string, string, string[][]]>([
    ["of the program and a CMD", `ENTRYPOINT [${EXEC}]\nCMD ["--tp", "8"]`, [["--tp", "8"]]],
    ["and CMD in the other order", `CMD ["--tp", "8"]\nENTRYPOINT [${EXEC}]`, [["--tp", "8"]]],
    [
      "with arguments of its own",
      `ENTRYPOINT [${EXEC}, "--host", "::"]\nCMD ["--tp", "8"]`,
      [["--host", "::", "--tp", "8"]],
    ],
    [
      "that ends before the module's name",
      `ENTRYPOINT ["python", "-m"]\nCMD ["lightllm.server.api_server", "--tp", "8"]`,
      [["--tp", "8"]],
    ],
    ["that is a shell", `ENTRYPOINT ["/bin/bash", "-c"]\nCMD ["${RUN} --tp 8"]`, [["--tp", "8"]]],
    [
      "that is a script, and a CMD with the program",
      `ENTRYPOINT ["/start.sh"]\nCMD [${EXEC}, "--tp", "8"]`,
      [["--tp", "8"]],
    ],
    ["of the program without a CMD", `ENTRYPOINT [${EXEC}]`, [[]]],
    [
      "and several CMDs",
      `ENTRYPOINT [${EXEC}]\nCMD ["--tp", "8"]\nCMD ["--tp", "4"]`,
      [
        ["--tp", "8"],
        ["--tp", "4"],
      ],
    ],
    [
      "of an earlier stage",
      `ENTRYPOINT [${EXEC}]\nCMD ["--tp", "8"]\nFROM base\nCMD ["--dp", "2"]`,
      [
        ["--tp", "8"],
        ["--dp", "2"],
      ],
    ],
    ["of a stage that it is not built from", `ENTRYPOINT [${EXEC}]\nFROM other\nCMD ["--dp", "2"]`, [[]]],
    [
      "that runs a script with arguments",
      `ENTRYPOINT ["sh", "-c", "${RUN} --tp 8"]\nCMD ["x"]`,
      [["--tp", "8"]],
    ],
  ])("ENTRYPOINT %s", (_, text, words) => {
    expect(wordsIn("dockerfile", `FROM x AS base\n${text}\n`)).toEqual(words);
  });

  test("where a comment says that arguments are", () => {
    const text =
      'FROM lightllm\n# lightllm: args\nCMD ["serve", "--tp", "8"]\n# lightllm: args\nENTRYPOINT /start.sh --dp 2\n';
    expect(wordsIn("dockerfile", text).sort()).toEqual([
      ["--dp", "2"],
      ["--tp", "8"],
    ]);
  });

  test.each([
    ["an install", "FROM x\nRUN pip install lightllm==1.1.0 --extra-index-url https://x\n"],
    ["a comment", `FROM x\n# CMD ${RUN} --tp 8\n`],
    ["arguments of something else", 'FROM x\nENTRYPOINT ["vllm", "serve"]\nCMD ["--tp", "8"] # lightllm\n'],
    ["a label", `FROM x\nLABEL start="${RUN} --tp 8"\n`],
    ["an echo", `FROM x\nRUN echo "${RUN} --tp 8"\n`],
  ])("is silent about %s", (_, text) => {
    expect(launchesIn("dockerfile", text)).toEqual([]);
  });
});

describe("variables", () => {
  test("with an empty default may be set by whoever builds or starts the image", () => {
    const text = `FROM x\nARG MODEL=\nARG TP=""\nENV N= DIR=\${D:-}\nRUN ${RUN} --model_dir "$MODEL" --tp $TP\nCMD ${RUN} --model_dir "$DIR" --tp "$N"\n`;
    expect(wordsIn("dockerfile", text)).toEqual([
      ["--model_dir", "?", "--tp", "?*"],
      ["--model_dir", "?", "--tp", ""],
    ]);
  });

  test("of ENV are resolved in shell form, those of ARG while the image is built", () => {
    const text = `ARG SIZE=70b\nFROM x\nARG SIZE\nARG TP=4\nENV ROOT=/models \\\n    NAME="a b"\nENV DIR $ROOT/\${SIZE}\nRUN ${RUN} --tp $TP --model_dir $DIR\nCMD ${RUN} --model_dir "$DIR" --model_name "$NAME" --tp $TP\n`;
    expect(wordsIn("dockerfile", text)).toEqual([
      ["--tp", "4", "--model_dir", "/models/70b"],
      ["--model_dir", "/models/70b", "--model_name", "a b", "--tp", "?*"],
    ]);
  });

  test("are literal in exec form, and not known without a value", () => {
    const text = `FROM x\nARG TP\nENV PORT=80\nRUN ${RUN} --tp "$TP"\nCMD [${EXEC}, "--port", "$PORT", "--host=\${HOST}"]\n`;
    expect(wordsIn("dockerfile", text)).toEqual([
      ["--tp", "?"],
      ["--port", "$PORT", "--host=${HOST}"],
    ]);
  });

  test("of ENV are the environment of what the image starts, of all stages it is built from", () => {
    const text = `FROM x AS base\nENV LOADWORKER=18 MOE_MODE=EP\nFROM base\nCMD ${RUN} --tp 8\nENV MOE_MODE="TP" X='$Y' Z=$Y\n`;
    expect(environmentIn("dockerfile", text)).toEqual([["LOADWORKER=18", "MOE_MODE=TP", "X=$Y", "Z=?"]]);
  });

  test("that the command sets itself go before", () => {
    expect(environmentIn("dockerfile", `FROM x\nENV A=1 B=2\nCMD A=3 ${RUN}\n`)).toEqual([["B=2", "A=3"]]);
  });

  test("are changed where they are set", () => {
    const text = `FROM x\nENV TP="8"\nCMD ${RUN} --tp $TP --x\n`;
    const changed = afterChange("dockerfile", text, (of) => ({
      kind: "set",
      argument: of("--tp"),
      words: ["16"],
    }));
    expect(changed).toBe(`FROM x\nENV TP="16"\nCMD ${RUN} --tp $TP --x\n`);
  });
});

describe("changing a launch in shell form", () => {
  const text = `FROM x\nCMD ${RUN} \\\n    # GPUs\n    --tp 8 \\\n    --port 80\n`;

  test("adds a flag on a line of its own", () => {
    expect(
      afterChange("dockerfile", text, (_, launch) => ({ kind: "add", launch, flag: "--x", words: [] })),
    ).toBe(`FROM x\nCMD ${RUN} \\\n    # GPUs\n    --tp 8 \\\n    --port 80 \\\n    --x\n`);
  });

  test("removes a line", () => {
    expect(afterChange("dockerfile", text, (of) => ({ kind: "remove", argument: of("--tp") }))).toBe(
      `FROM x\nCMD ${RUN} \\\n    # GPUs\n    --port 80\n`,
    );
  });

  test("escapes inside a JSON string", () => {
    const exec = `FROM x\nCMD ["sh", "-c", "${RUN} --model_name x"]\n`;
    const changed = afterChange("dockerfile", exec, (of) => ({
      kind: "set",
      argument: of("--model_name"),
      words: ['say "a b"'],
    }));
    expect(wordsIn("dockerfile", changed)).toEqual([["--model_name", 'say "a b"']]);
    expect(() => JSON.parse(changed.slice(changed.indexOf("[")))).not.toThrow();
  });
});

describe("completing", () => {
  test.each([
    ["in shell form", `CMD ${RUN} --mo|`, "--model_dir", /--model_dir \|$/],
    [
      "on a continuation line",
      `CMD ${RUN} \\\n  --tp 8 \\\n  --mo|`,
      "--model_dir",
      /\\\n {2}--model_dir \|$/,
    ],
    ["a value in shell form", `CMD ${RUN} --run_mode pre|`, "prefill", /--run_mode prefill\|$/],
    [
      "in a JSON array with a following instruction",
      `CMD [${EXEC}, "--po|\nEXPOSE 80\n`,
      "--port",
      /"--port\|\nEXPOSE 80/,
    ],
    ["in an ENTRYPOINT of the program", `ENTRYPOINT [${EXEC}, |]`, "--port", /, "--port"\|\]$/],
    ["in the CMD after it", `ENTRYPOINT [${EXEC}]\nCMD ["--po|"]`, "--port", /CMD \["--port\|"\]$/],
  ])("%s", (_, marked, label, expected) => {
    expect(afterTaking("dockerfile", `FROM x\n${marked}`, label)).toMatch(expected);
  });

  test.each([['FROM li|ghtllm\nCMD ["x"]'], [`FROM x\nRUN pip install --|\nCMD [${EXEC}]`]])(
    "offers nothing in %s",
    (marked) => {
      expect(labelsIn("dockerfile", marked)).toEqual([]);
    },
  );
});

test("half-typed and broken text is read without a throw, and spans stay inside", () => {
  const whole = `# escape=\\\nFROM x AS b\nARG A=1 B\nENV C="d e" F=$A\\\n G=1\nRUN <<EOF\n${RUN} --tp 8\nEOF\nENTRYPOINT [${EXEC}]\nCMD ["--tp", "8", \\\n # c\n "--x y"]\nFROM b\nCMD ${RUN} --tp $A "`;
  expectSpansInside(whole, ['"', "\\", "[", "\n", "$", "<<EOF"], (text) => findInDockerfile(text).launches);
});

describe("reports a list that is no JSON", () => {
  const JSON_LIST = `[${EXEC}, "--model_dir", "/m"]`;
  test.each([
    ["single quotes", "CMD", JSON_LIST.replaceAll('"', "'")],
    ["one element in single quotes", "ENTRYPOINT", JSON_LIST.replace('"/m"', "'/m'")],
    ["an element without quotes", "CMD", JSON_LIST.replace('"/m"', "/m")],
    ["a comma at the end", "RUN", JSON_LIST.replace("]", ",]")],
    [
      "single quotes over lines",
      "ONBUILD CMD",
      JSON_LIST.replaceAll(", ", ", \\\n  # x\n  ").replaceAll('"', "'"),
    ],
  ])("%s", (_, keyword, list) => {
    const text = `FROM x\n${keyword} ${list}\n`;
    expect(findingsOf(text, {}, "dockerfile")).toEqual([`docker-exec-form: ${list}`]);
    const fixed = afterFix(text, "docker-exec-form", undefined, "dockerfile");
    expect(fixed.replace(/\\\n {2}# x\n */g, "")).toBe(`FROM x\n${keyword} ${JSON_LIST}\n`);
    expect(findingsOf(fixed, {}, "dockerfile")).toEqual([]);
  });

  test.each([
    ["JSON", `CMD ${JSON_LIST}`],
    ["a list that is being typed", `CMD [${EXEC}, '--detail_log`],
    ["a test of the shell", `CMD [ -f x ] && ${RUN} --model_dir /m`],
    ["another program", "CMD ['nginx']"],
  ])("not %s", (_, instruction) => {
    expect(findingsOf(`FROM x\n${instruction}\n`, {}, "dockerfile")).toEqual([]);
  });
});

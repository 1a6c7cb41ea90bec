/** Only certain problems are reported: unknown values are not judged, and neither is anything that depends on them. */
import { describe, expect, test } from "vitest";
import { judgeFile } from "../../server/src/analysis/judge-file";
import { NO_SURROUNDINGS } from "../../server/src/judgement/surroundings";
import type { NotationId } from "../../server/src/notations";
import { NOTATIONS } from "../../server/src/notations";
import { service } from "../../server/src/service";

const { shippedCatalogue } = service;

const RUN = "python -m lightllm.server.api_server";
const ENTRY = '["python", "-m", "lightllm.server.api_server"]';

/** What LightLLM v1.2.0 does at start and later, as the rules' codes. */
function saidOf(text: string, notation: NotationId): string[] {
  const file = NOTATIONS[notation].find(text);
  const { launches } = judgeFile(file, { option: "v1.2.0" }, shippedCatalogue(), NO_SURROUNDINGS);
  expect(launches).toHaveLength(1);
  return launches.flatMap(({ findings }) =>
    findings.filter(({ stage }) => stage !== "text").map(({ code }) => code),
  );
}

describe.each<[string, NotationId, string, string[]]>([
  ["a flag that is missing", "shell", `${RUN} --tp 8\n`, ["model-dir-required"]],
  ["a value that is not known is no missing flag", "shell", `${RUN} --model_dir $MODEL --tp 8\n`, []],
  ["a variable that may hold flags", "shell", `${RUN} --tp 8 $EXTRA_ARGS\n`, []],
  ["the arguments of a script", "shell", `${RUN} --tp 8 "$@"\n`, []],
  ["an array that is not known", "shell", `${RUN} --tp 8 "\${args[@]}"\n`, []],
  ["a variable that is one value", "shell", `${RUN} --tp $TP\n`, ["model-dir-required"]],
  [
    "a conflict of what is written, whatever else may follow",
    "shell",
    `${RUN} --diverse_mode --disable_chunked_prefill "$@"\n`,
    ["diverse-needs-chunked-prefill"],
  ],
  [
    "a conflict with a value that is not known",
    "shell",
    `${RUN} --model_dir /m --batch_max_tokens $N --chunked_prefill_size 4096\n`,
    [],
  ],
  [
    "a conflict that no value would solve",
    "shell",
    `${RUN} --model_dir /m --mem_fraction 2 --tp $TP\n`,
    ["mem-fraction-range"],
  ],
  ["a run mode that is not known", "shell", `${RUN} --run_mode $MODE --port 99999\n`, []],
  ["words after `--`", "shell", `${RUN} -- --model_dir /m\n`, ["argparse-positional"]],
  ["an entry point that is given its arguments later", "dockerfile", `FROM x\nENTRYPOINT ${ENTRY}\n`, []],
  [
    "an entry point with arguments of its own",
    "dockerfile",
    `FROM x\nENTRYPOINT ${ENTRY}\nCMD ["--tp", "8"]\n`,
    ["model-dir-required"],
  ],
  [
    "an entry point in shell form, which takes none",
    "dockerfile",
    `FROM x\nENTRYPOINT ${RUN} --tp 8\n`,
    ["model-dir-required"],
  ],
  ["a command", "dockerfile", `FROM x\nCMD ${ENTRY}\n`, ["model-dir-required"]],
  [
    "a template",
    "kubernetes",
    `kind: Pod\nspec:\n  containers:\n    - name: a\n      image: b\n      command: ${ENTRY}\n      args: ["--tp", "{{ .Values.tp }}", "--mem_fraction", "{{ .Values.m }}"]\n`,
    ["model-dir-required"],
  ],
  ["a page that only names the program", "markdown", `\`\`\`bash\n${RUN}\n\`\`\`\n`, []],
  ["a page that shortens a command", "markdown", `\`\`\`bash\n${RUN} --tp 8 ...\n\`\`\`\n`, []],
  ["a call for help", "shell", `${RUN} --help\n`, []],
  ["a misspelt flag", "shell", `${RUN} --modle_dir /m\n`, ["argparse-unknown-flag"]],
  [
    "a value that the parser refuses",
    "shell",
    `${RUN} --model_dir /m --mem_fraction lots\n`,
    ["argparse-type-int-float"],
  ],
])("%s", (_, notation, text, codes) => {
  test(text.trim(), () => expect(saidOf(text, notation)).toEqual(codes));
});

/** Values that the start-up gives to a launch and that no recorded launch names. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { RELEASES } from "../support/conformance";
import { atCursor, open, openYaml } from "../support/service";

const { hover, reportedFindings } = service;

describe("zmq_mode", () => {
  test.each(RELEASES)("has a suffix in the ipc form (%s)", (setting) => {
    const modeOf = (text: string) =>
      openYaml(text, { setting }).launches[0]?.values.effective("zmq_mode")?.value;
    expect(modeOf("model_dir: /m\n")).toBe("ipc:///tmp/_<id>_");
    expect(modeOf("model_dir: /m\nzmq_mode: ipc:///tmp/\n")).toBe("ipc:///tmp/_<id>_");
    expect(modeOf("model_dir: /m\nzmq_mode: tcp://\n")).toBe("tcp://");
    expect(modeOf("model_dir: /m\nrun_mode: pd_master\n")).toBe("ipc:///tmp/");
  });

  test("says that the id is new at each start", () => {
    const { text, offset } = atCursor("model_dir: /m\nzmq_m|ode: ipc:///tmp/\n");
    const shown = JSON.stringify(hover(openYaml(text), offset)).replace(/\s+/g, " ");
    expect(shown).toContain("ipc:///tmp/_<id>_");
    expect(shown).toContain("an id that is new at each start");
  });
});

describe("a flag whose value is dropped", () => {
  const FLAGS = ["--nccl_port", "--tp", "--mem_fraction", "--batch_max_tokens"];
  test.each(FLAGS.flatMap((flag) => RELEASES.map((setting) => [flag, setting] as const)))(
    "the message about %s=-- is a sentence (%s)",
    (flag, setting) => {
      const text = `python -m lightllm.server.api_server --model_dir /m ${flag}=--\n`;
      const [finding, other] = reportedFindings(open(text, { setting }, "shell"));
      expect(finding?.message).toBe(
        `\`${flag}\` has no value: Python's argument parser drops the \`--\` after its \`=\`. LightLLM ${setting} then fails at start.`,
      );
      expect(finding && text.slice(finding.span.start, finding.span.end)).toBe(`${flag}=--`);
      expect(other).toBeUndefined();
    },
  );

  test.each([
    ["v1.0.0", "LightLLM replaces `--chunked_prefill_size` (no value) by 0"],
    ["v1.2.0", "`--chunked_prefill_size` has no value"],
  ])("leaves no hole in a message (%s)", (setting, said) => {
    const text = "python -m lightllm.server.api_server --model_dir /m --chunked_prefill_size=--\n";
    expect(reportedFindings(open(text, { setting }, "shell")).map(({ message }) => message)).toEqual([
      expect.stringContaining(said),
    ]);
  });
});

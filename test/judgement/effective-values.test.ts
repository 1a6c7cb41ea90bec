/** Values that the start-up gives to a launch and that no recorded launch names. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { RELEASES } from "../support/conformance";
import { atCursor, openYaml } from "../support/service";

const { hover } = service;

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

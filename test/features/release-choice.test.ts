/** The report about the release that judges a launch, and the other releases. */
import { describe, expect, test } from "vitest";
import { spanFrom } from "../../server/src/launch/launch";
import { service, type WorkspaceSource } from "../../server/src/service";
import { releaseFiles } from "../support/release-files";
import { open, openYaml, type TestNotation } from "../support/service";

const { releaseReport, shippedCatalogue } = service;

const newest = shippedCatalogue().newest;
const source: WorkspaceSource = {
  kind: "release",
  release: { ...newest, name: "v1.2.0 with changes" },
  differences: 3,
  path: "/w/lightllm/server/api_cli.py",
  found: "workspace",
};

function told(text: string, settings = {}, found?: WorkspaceSource) {
  const { label, detail, warning } = releaseReport(openYaml(text, settings), 0, found) ?? {};
  return { label, detail, warning };
}

describe("the release of a launch", () => {
  test.each([
    ["# lightllm: release=v1.1.0\ntp: 2\n", {}, "LightLLM v1.1.0 (comment in the file)", /comment/],
    ["tp: 2\n", { setting: "v1.0.1" }, "LightLLM v1.0.1 (setting)", /setting lightllm\.release/],
    ["tp: 2\n", {}, "LightLLM v1.2.0 (newest)", /newest release, and nothing here names another/],
    [
      "enable_flashinfer_prefill: true\n",
      {},
      "LightLLM v1.1.0 (newest that fits)",
      /knows all flags and values/,
    ],
    ["tp: 2\nno_such_flag: 1\n", {}, "LightLLM v1.2.0 (newest)", /No release takes all/],
  ])("is named with its ground: %j %j", (text, settings, label, ground) => {
    expect(told(text, settings)).toEqual({ label, detail: expect.stringMatching(ground), warning: false });
  });

  test("is the workspace's own, with its path and what differs", () => {
    const settings = { source: source.kind === "release" ? source.release : undefined };
    expect(told("tp: 2\n", settings, source)).toEqual({
      label: "LightLLM v1.2.0 with changes (workspace)",
      detail:
        "Read from /w/lightllm/server/api_cli.py: it is in the workspace. It differs from v1.2.0 in 3 flags.",
      warning: false,
    });
    const installed = { ...source, found: "python", differences: 0 } as const;
    expect(told("tp: 2\n", settings, installed).label).toBe(
      "LightLLM v1.2.0 with changes (Python environment)",
    );
    expect(told("tp: 2\n", settings, installed).detail).toContain("It has the flags of v1.2.0.");
    expect(told("# lightllm: release=v1.1.0\ntp: 2\n", settings, source).detail).toContain(
      "is used instead of the LightLLM in /w/lightllm",
    );
  });

  test("comes with a warning where the workspace's own cannot be read, or another was asked for", () => {
    const trouble: WorkspaceSource = { kind: "trouble", path: "/w/api_cli.py", why: "it ends in a call" };
    expect(told("tp: 2\n", {}, trouble)).toMatchObject({
      label: "LightLLM v1.2.0 (newest)",
      detail: expect.stringContaining("/w/api_cli.py cannot be used: it ends in a call."),
      warning: true,
    });
    expect(told("# lightllm: release=v7\ntp: 2\n")).toMatchObject({
      detail: expect.stringContaining("There is no release 'v7'"),
      warning: true,
    });
  });

  test.each([
    ["image", "LightLLM v1.1.0 (image)", "The launch runs in an image of version v1.1.0."],
    ["package", "LightLLM v1.1.0 (pinned version)", "The package is pinned to v1.1.0 beside the launch."],
  ] as const)("is the one that is named beside the launch, by its %s", (kind, label, detail) => {
    const document = openYaml("tp: 2\n");
    const release = shippedCatalogue().release("v1.1.0");
    const [judged] = document.launches;
    if (!judged || !release) throw new Error("There is one launch.");
    const pin = { kind, version: "v1.1.0", span: spanFrom(0, 0) };
    const withPin = (chosen: typeof judged.chosen) =>
      releaseReport({ ...document, launches: [{ ...judged, chosen }] }, 0);
    expect(withPin({ release, reason: "image", pin })).toMatchObject({ label, detail });
    expect(withPin({ release, reason: "newest", pin: { ...pin, version: "nightly" } })?.detail).toContain(
      "The version nightly, which is named beside the launch, is not among the known releases.",
    );
  });

  test("tells of others that fit as well, where it was inferred", () => {
    expect(told("enable_flashinfer_prefill: true\n").detail).toContain("As good for it: main-2025-07.");
  });

  test.each<[string, TestNotation, string, string[]]>([
    [
      "a block of a page",
      "markdown",
      "```sh\n# lightllm: release=v1.0.0\nR --tp 2\nR --tp 4\n```\n\n```sh\nR --tp 4\n```\n",
      ["v1.0.0", "v1.0.0", "v1.2.0"],
    ],
    [
      "a block of another kind of page",
      "restructuredtext",
      "::\n\n    # lightllm: release=v1.0.0\n    R --tp 2\n\nNext::\n\n    R --tp 4\n",
      ["v1.0.0", "v1.2.0"],
    ],
    [
      "the whole page, above its blocks",
      "markdown",
      "# lightllm: release=v1.0.0\n\n```sh\nR --tp 2\n```\n\n```sh\n# lightllm: release=v1.1.0\nR --tp 4\nR --tp 8\n```\n",
      ["v1.0.0", "v1.1.0", "v1.1.0"],
    ],
    [
      "the whole file",
      "shell",
      "# lightllm: release=v1.0.0\nR --tp 2\n# lightllm: release=v1.1.0\nR --tp 4\nR --tp 8\n",
      ["v1.0.0", "v1.1.0", "v1.0.0"],
    ],
  ])("is that of the comment in %s (%s)", (_, notation, text, expected) => {
    const run = "python -m lightllm.server.api_server --model_dir /m";
    const { launches } = open(text.replace(/^( *)R /gm, `$1${run} `), {}, notation);
    expect(launches.map(({ chosen }) => chosen.release.name)).toEqual(expected);
  });

  test("is that of the nearest launch where the cursor is in none", () => {
    const text =
      "echo\n# lightllm: release=v1.0.0\npython -m lightllm.server.api_server --tp 2\n\n\n\necho\n";
    const document = open(text, {}, "shell");
    expect(releaseReport(document, 0)?.release).toBe("v1.0.0");
    expect(releaseReport(document, text.length)?.launch.start.line).toBe(2);
    expect(releaseReport(open("echo\n", {}, "shell"), 0)).toBeUndefined();
  });
});

test("what is shown where there is little room is short", () => {
  const shortOf = (text: string, found?: WorkspaceSource) => {
    const settings = found?.kind === "release" ? { source: found.release } : {};
    return releaseReport(openYaml(text, settings), 0, found)?.short;
  };
  expect(shortOf("tp: 2\n")).toBe("knows all flags");
  expect(shortOf("tp: 2\nfoo: 1\nbar: 1\nrun_mode: x\n")).toBe(
    "does not know 2 flags, does not take 1 value",
  );
  expect(shortOf("tp: 2\n", source)).toBe("3 flags unlike v1.2.0");
  expect(shortOf("tp: 2\n", { ...source, differences: 0 })).toBe("the flags of v1.2.0");
  expect(shortOf("# lightllm: release=v7\ntp: 2\n")).toBe("there is no 'v7'");
  expect(shortOf("tp: 2\n", { kind: "trouble", path: "/a", why: "it is none" })).toBe(
    "own LightLLM cannot be used",
  );
});

test("all releases are there to choose from, with how well each fits", () => {
  const { choices } = releaseReport(openYaml("llm_kv_type: int8kv\nrun_mode: visual_only\n"), 0) ?? {};
  const newestFirst = releaseFiles.toReversed();
  const [tagged, snapshots] = [true, false].map((is) => newestFirst.filter((one) => one.tagged === is));
  expect(choices?.map(({ release }) => release)).toEqual(
    [...(tagged ?? []), ...(snapshots ?? [])].map(({ name }) => name),
  );
  const described = Object.fromEntries(choices?.map((one) => [one.release, one]) ?? []);
  expect(described["v1.2.0"]?.description).toMatch(/^\d{4}-\d\d-\d\d · knows all flags$/);
  expect(described["v1.2.0"]?.detail).toBeUndefined();
  expect(described["v1.0.0"]?.description).toMatch(/ · does not know 1 flag, does not take 1 value$/);
  expect(described["v1.0.0"]?.detail).toBe("Does not know --llm_kv_type. Refuses --run_mode visual_only.");
  expect(described["main-2026-08"]?.description).toContain(" · snapshot of main · ");
});

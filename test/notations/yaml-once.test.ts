/**
 * A document of a YAML stream is parsed once, and again only when its text has changed. The texts have an anchor, because
 * simple lines need no parser.
 */
import { afterEach, describe, expect, test, vi } from "vitest";
import { Composer } from "yaml";
import { service } from "../../server/src/service";

const compose = vi.spyOn(Composer.prototype, "compose");
afterEach(() => compose.mockClear());

/** How many documents have been parsed since the last question. */
function parses(): number {
  const count = compose.mock.calls.length;
  compose.mockClear();
  return count;
}

const RUN = '["python", "-m", "lightllm.server.api_server", "--tp", ';
const POD = "apiVersion: &v v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: ";

describe.each([
  ["yaml", (tp: number) => `tp: &tp ${tp}\n`],
  ["compose", (tp: number) => `services: &s\n  a:\n    command: ${RUN}"${tp}"]\n`],
  ["kubernetes", (tp: number) => `${POD}${RUN}"${tp}"]\n`],
] as const)("in %s", (id, document) => {
  const notation = service.notations[id];
  const text = (...values: number[]) => values.map(document).join("---\n");
  const valuesIn = (launches: ReturnType<typeof notation.find>["launches"]) =>
    launches.map((launch) => launch.arguments[0]?.words[0]?.text);

  test("each document is parsed once", () => {
    const { launches } = notation.find(text(1, 2, 3));
    expect(parses()).toBe(3);
    expect(valuesIn(launches)).toEqual(["1", "2", "3"]);
  });

  test("after an edit only the document with the edit is parsed", () => {
    const cache = notation.newCache();
    const before = notation.find(text(1, 2, 3), cache).launches;
    parses();
    const after = notation.find(text(1, 20, 3), cache).launches;
    expect(parses()).toBe(1);
    expect(valuesIn(after)).toEqual(["1", "20", "3"]);
    expect(after[0]).toBe(before[0]);
    expect(after[2]?.span.start).toBe((before[2]?.span.start ?? 0) + 1);
  });

  test("what is tried out and taken back is not parsed again", () => {
    const cache = notation.newCache();
    const before = notation.find(text(1, 2), cache).launches;
    notation.find(text(8, 2), cache);
    parses();
    expect(notation.find(text(1, 2), cache).launches).toEqual(before);
    expect(parses()).toBe(0);
  });

  test("only the last two versions are kept", () => {
    const cache = notation.newCache();
    for (const tp of [1, 2, 3]) notation.find(text(tp), cache);
    parses();
    notation.find(text(1), cache);
    expect(parses()).toBe(1);
  });
});

test("documents of a manifest without a launch or a Service are not parsed", () => {
  const web = "apiVersion: &v v1\nkind: ConfigMap\n";
  service.notations.kubernetes.find([web, `${POD}${RUN}"1"]\n`, web].join("---\n"));
  expect(parses()).toBe(1);
});

test("a half-typed line is set aside, which takes a second parse", () => {
  service.notations.yaml.find("tp: 8\nport\nhost: a\n");
  expect(parses()).toBe(2);
});

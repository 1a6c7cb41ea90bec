/** A LightLLM that is not a release: the nearest release, and messages about flags that no release has. */
import { describe, expect, test } from "vitest";
import { type Flag, flagMarkdown, type Release, shippedCatalogue } from "../../server/src/catalogue";
import { service } from "../../server/src/service";
import { readSource } from "../../server/src/source";
import { PLAIN, writeParser } from "../support/argparse-writer";

const { releaseSchema } = service;

const catalogue = shippedCatalogue();
const named = (name: string) => catalogue.release(name) as Release;
const base = named("v1.1.0");
const changed = (key: string, facts: Partial<Flag>) =>
  base.flags.map((flag) => (flag.key === key ? { ...flag, ...facts } : flag));
const EXTRA = { ...(base.byName.get("--tp") as Flag), name: "--our_own", key: "our_own", default: 7 };

function read(flags: readonly Flag[], more = "") {
  const text = writeParser(flags, PLAIN).replace("    return parser", `${more}    return parser`);
  const reading = readSource(text, catalogue);
  if (reading.kind === "broken") throw new Error(reading.why);
  return reading;
}

describe("a fork of v1.1.0", () => {
  test.each<[string, readonly Flag[], number]>([
    ["with a flag more", [...base.flags, EXTRA], 1],
    ["with a flag less", base.flags.slice(1), 1],
    ["with flags in another order", base.flags.toReversed(), 0],
    ["with another default", changed("tp", { default: 2 }), 1],
    ["with another kind", changed("tp", { kind: "number" }), 1],
    ["with other choices", changed("run_mode", { choices: ["normal", "other"] }), 1],
    ["with another alias", changed("tp", { aliases: ["--tensor"] }), 1],
    ["with a list for a word", changed("host", { arity: "many" }), 1],
    ["with several differences", [...changed("tp", { default: 2 }).slice(2), EXTRA], 4],
  ])("%s", (_, flags, differences) => {
    const { release, differences: found } = read(flags);
    expect(found).toBe(differences);
    if (differences === 0) expect(release).toBe(base);
    else {
      expect(release).toMatchObject({
        name: "v1.1.0+local",
        rulesOf: "v1.1.0",
        date: base.date,
        tagged: true,
      });
      expect(release.flags.map(({ name }) => name)).toEqual(flags.map(({ name }) => name));
      expect(releaseSchema(release, catalogue).allOf).toBeDefined();
    }
  });

  test("keeps our group, words, status and documentation of the flags it shares", () => {
    const { release } = read([...base.flags, EXTRA]);
    for (const flag of base.flags) {
      const { group, words, status, key } = flag;
      expect(release.byName.get(flag.name)).toMatchObject({ group, words, status, key });
      expect(release.byName.get(flag.name)).not.toHaveProperty("help");
    }
  });

  test("keeps what another release says of a flag that the nearest has not", () => {
    const later = named("v1.2.0").flags.find(({ key }) => key === "performance_mode") as Flag;
    const { release } = read([...base.flags, later]);
    expect(release.byName.get("--p_mode")).toMatchObject({ key: "performance_mode", group: later.group });
  });
});

test("a flag with one dash only is a key by that name", () => {
  const more = '    parser.add_argument("-ssm_type", choices=["a", "b"], default="a")\n';
  const { properties } = releaseSchema(read(base.flags, more).release, catalogue);
  expect(properties).toMatchObject({ ssm_type: { default: "a", enum: ["a", "b", null] } });
});

test("a default known only at run time is assumed to be that of the nearest release", () => {
  const more = '    parser.add_argument("--max_req_total_len", type=int, default=limit_of_this_machine())\n';
  expect(read(base.flags, more).release.byName.get("--max_req_total_len")?.default).toBe(16384);
});

test.each(catalogue.releases.map(({ name }) => name))("%s and a flag more is nearest to itself", (name) => {
  expect(read([...named(name).flags, EXTRA]).release.rulesOf).toBe(name);
});

test("of two that are as near, the tagged one goes first", () => {
  const both = named("v1.2.0").flags.filter(({ name }) => {
    const [one, other] = ["v1.2.0", "main-2026-08"].map((release) => named(release).byName.get(name));
    return JSON.stringify(one) === JSON.stringify(other);
  });
  expect(both.length).toBeLessThan(named("v1.2.0").flags.length);
  expect(read(both).release.rulesOf).toBe("v1.2.0");
});

describe("a flag of no release", () => {
  const more =
    '    parser.add_argument("--fly", "-f", type=int, default=3, help="""fly <P>p_high\n        and *far*""")\n';
  const { release } = read(base.flags, more);
  const fly = release.byName.get("--fly") as Flag;

  test("is known by all its names, with LightLLM's own help and no group", () => {
    expect(fly).toMatchObject({ key: "fly", aliases: ["-f"], group: "", words: [], status: "active" });
    expect(fly.help).toBe("fly <P>p_high and *far*");
    expect(release.byName.get("-f")).toBe(fly);
  });

  test("is shown with LightLLM's words, marked as its own", () => {
    const lines = ["**fly** — integer", "From LightLLM's own help:", "> fly \\<P\\>p\\_high and \\*far\\*"];
    const facts = "Default in v1.1.0+local: `3`  \nAlso: `-f`";
    expect(flagMarkdown(fly, release, catalogue)).toBe(
      [...lines, facts, "Only in this LightLLM's source"].join("\n\n"),
    );
  });

  test("is shown without help where it has none", () => {
    const { release: silent } = read(base.flags, '    parser.add_argument("--fly")\n');
    expect(flagMarkdown(silent.byName.get("--fly") as Flag, silent, catalogue)).not.toMatch(/help/);
  });

  test("is a key of the JSON Schema by its long names, with the same words", () => {
    const properties = releaseSchema(release, catalogue).properties as Record<
      string,
      Record<string, unknown>
    >;
    expect(properties.fly).toMatchObject({
      default: 3,
      description: "From LightLLM's own help: fly <P>p_high and *far* (integer)",
      markdownDescription: flagMarkdown(fly, release, catalogue),
    });
    expect(Object.keys(properties)).not.toContain("f");
    expect(Object.keys(properties)).not.toContain("");
  });
});

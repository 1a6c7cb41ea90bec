/**
 * A new release from a checkout, as real processes on a copy of the project: import, a failing build, a passing build.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Flag, shippedCatalogue } from "../../server/src/catalogue";
import { PLAIN, writeParser } from "../support/argparse-writer";
import { root } from "../support/paths";

const project = mkdtempSync(join(tmpdir(), "lightllm-import-"));
afterAll(() => rmSync(project, { recursive: true, force: true }));
for (const part of ["server", "scripts", "schemas", "docs", "package.json", "tsconfig.json"])
  cpSync(join(root, part), join(project, part), { recursive: true });
symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction");

const newest = shippedCatalogue().releases.at(-1);
if (!newest) throw new Error("There is no release.");
const EARLIER = newest.name;

function script(name: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "scripts", name), ...words], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const schemaFile = (path: string) => join(project, "schemas", path);
/** The placeholders of a value. */
const valueParts = (word: string) => ["say", "source"].map((part) => `en.values.${word}.${part}`);
const read = (path: string) => readFileSync(schemaFile(path), "utf8");

/** The newest release with an additional flag, a removed flag, and some changed flags. */
function checkout(): string {
  const change = (flag: Flag): Flag => {
    if (flag.key === "tp") return { ...flag, default: 2, aliases: ["--tensor"] };
    if (flag.key === "run_mode") return { ...flag, choices: [...(flag.choices ?? []), "router"] };
    return flag;
  };
  const text = writeParser(newest?.flags.slice(0, -1).map(change) ?? [], PLAIN);
  const more = [
    '    parser.add_argument("--fly", "-f", choices=["high", "no"], help="fly there")',
    '    parser.add_argument("--swim", type=int, default=int(os.environ["DEPTH"]))',
    "    return parser",
  ].join("\n");
  const folder = join(project, "checkout");
  mkdirSync(join(folder, "lightllm", "server"), { recursive: true });
  writeFileSync(join(folder, "lightllm", "server", "api_cli.py"), text.replace("    return parser", more));
  return folder;
}

const folder = checkout();
const IMPORT = [folder, "--name", "v9.0.0", "--date", "2099-01-02", "--tagged"];

describe("release:import", () => {
  test("says in one sentence what it cannot do, and writes nothing then", () => {
    mkdirSync(join(project, "empty"));
    writeFileSync(join(project, "empty", "api_cli.py"), "import argparse\n");
    const before = readdirSync(schemaFile("releases"));
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /^Name the LightLLM checkout and the release: npm run release:import/],
      [[folder], /^Name the LightLLM checkout/],
      [[folder, "--name"], /'--name <value>' argument missing: npm run/],
      [[folder, "--name", "v9.0.0", "--dates", "x"], /^Unknown option '--dates': npm run/],
      [[folder, "--name", "../x", "--date", "2099-01-02"], /^'\.\.\/x' cannot be the name of a release\.$/m],
      [[folder, "--name", "v9.0.0", "--date", "2099-13-02"], /is no date/],
      [["nowhere", "--name", "v9.0.0", "--date", "2099-01-02"], /there is no folder or file 'nowhere'/],
      [["docs", "--name", "v9.0.0", "--date", "2099-01-02"], /'docs' holds no LightLLM/],
      [["empty", "--name", "v9.0.0", "--date", "2099-01-02"], /parser: it adds no flags/],
      [[folder, "--name", "v9.0.0"], /has no commit date; use --date/],
      [[folder, "--name", EARLIER, "--date", "2099-01-02"], /already exists; --force/],
    ];
    for (const [words, message] of cases) {
      const { status, stdout, stderr } = script("release-import.mjs", ...words);
      expect({ words, status, stdout }).toEqual({ words, status: 1, stdout: "" });
      expect(stderr).toMatch(message);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
    expect(readdirSync(schemaFile("releases"))).toEqual(before);
  });

  test("writes the release and says what it changes", () => {
    const { status, stdout, stderr } = script("release-import.mjs", ...IMPORT);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const line of [
      `v9.0.0 (2099-01-02) has ${newest.flags.length + 1} flags. Against ${EARLIER}:`,
      "New, with LightLLM's own help: 2",
      "  --fly: fly there",
      "  --swim",
      "Gone: 1",
      `  ${newest.flags.at(-1)?.name}`,
      "Changed: 2",
      "  --run_mode: choices +router",
      "  --tp: default 1 → 2; aliases +--tensor",
      "Left out, because the catalogue has only names with two dashes: 1",
    ])
      expect(stdout.split("\n")).toContain(line);
    expect(stdout).toMatch(/\d+ rules over values apply to v9\.0\.0 by their ranges/);
    const release = JSON.parse(read("releases/v9.0.0.json"));
    expect(release).toMatchObject({ name: "v9.0.0", date: "2099-01-02", tagged: true });
    expect(release.flags.slice(-2)).toEqual([
      {
        name: "--fly",
        aliases: [],
        kind: "text",
        arity: "one",
        repeat: "last",
        default: null,
        choices: ["high", "no"],
        status: "active",
      },
      {
        name: "--swim",
        aliases: [],
        kind: "integer",
        arity: "one",
        repeat: "last",
        default: null,
        choices: null,
        status: "active",
      },
    ]);
    const line = (text: string, name: string) =>
      text.split("\n").find((one) => one.includes(`"name": "${name}"`));
    expect(line(read("releases/v9.0.0.json"), "--host")).toBe(
      line(read(`releases/${EARLIER}.json`), "--host"),
    );
    expect(JSON.parse(read("environment.json")).LOADWORKER.releases.slice(-2)).toEqual([EARLIER, "v9.0.0"]);
  });

  test("leaves placeholders that the build refuses, each by its name", () => {
    const { status, stderr } = script("schemas.mjs");
    expect(status).toBe(1);
    const every = ["source", "en.summary", "en.details.0.say", "en.details.0.source"];
    const values = ["high", "no"].flatMap((word) => valueParts(word));
    const flags = [
      ...[...every, ...values].map((part) => `fly: ${part}`),
      ...every.map((part) => `swim: ${part}`),
      ...valueParts("router").map((part) => `run_mode: ${part}`),
    ];
    for (const part of flags)
      expect(stderr).toMatch(
        new RegExp(
          `^schemas/flags/\\w+\\.yaml:\\d+: ${part} is still the placeholder TODO\\(v9\\.0\\.0\\)\\.$`,
          "m",
        ),
      );
    const startup = [
      "the start-up is that of",
      "the environment variables are those of",
      "the default is known only at run time for --swim",
    ];
    for (const [index, what] of startup.entries())
      expect(stderr).toContain(`schemas/startup/v9.0.0.yaml:${index + 1}: TODO(v9.0.0) ${what}`);
    expect(stderr).toContain(
      "schemas/model-facts/v9.0.0.yaml:1: TODO(v9.0.0) the facts about models are those of",
    );
    expect(stderr).toContain(
      "schemas/model-code/v9.0.0.yaml:1: TODO(v9.0.0) what the code of models demands is that of",
    );
    expect(stderr).toMatch(/^schemas\/fit\.yaml:\d+: TODO\(v9\.0\.0\) the memory of a launch is that of/m);
    const moves = ["write the replacements of the 1 removed flags", "write the same for the way back"];
    for (const [index, what] of moves.entries())
      expect(stderr).toContain(`schemas/moves/v9.0.0.yaml:${index + 1}: TODO(v9.0.0) ${what}`);
    expect(stderr.trim().split("\n")).toHaveLength(flags.length + startup.length + 4 + moves.length);
  });

  test("does not write over a release unless it is told to, and then keeps what people have written", () => {
    expect(script("release-import.mjs", ...IMPORT)).toMatchObject({ status: 1 });
    const startup = schemaFile("startup/v9.0.0.yaml");
    writeFileSync(startup, `${readFileSync(startup, "utf8")}# Written by a person.\n`);
    const before = [
      "flags/basic.yaml",
      "startup/v9.0.0.yaml",
      "environment.json",
      "releases/v9.0.0.json",
    ].map(read);
    expect(script("release-import.mjs", ...IMPORT, "--force")).toMatchObject({ status: 0 });
    expect(
      ["flags/basic.yaml", "startup/v9.0.0.yaml", "environment.json", "releases/v9.0.0.json"].map(read),
    ).toEqual(before);
  });

  test("is built once a person has written what was left", () => {
    for (const name of readdirSync(schemaFile("flags"))) {
      const path = schemaFile(`flags/${name}`);
      writeFileSync(
        path,
        readFileSync(path, "utf8")
          .replace(/source: TODO\(v9\.0\.0\).*/g, "source: v9.0.0 server/api_cli.py:1")
          .replace(/TODO\(v9\.0\.0\)/g, "A test's own words, for now,"),
      );
    }
    const ofReleases = ["startup", "model-facts", "model-code", "deployment", "moves", "changes"];
    for (const path of [...ofReleases.map((part) => `${part}/v9.0.0.yaml`), "fit.yaml"].map(schemaFile))
      writeFileSync(path, readFileSync(path, "utf8").replace(/^ *# TODO.*\n/gm, ""));
    expect(script("schemas.mjs")).toMatchObject({ status: 0, stderr: "" });
    expect(script("schemas.mjs", "--check")).toMatchObject({ status: 0 });
    const { title, properties } = JSON.parse(read("lightllm-v9.0.0.schema.json"));
    expect(title).toBe("LightLLM v9.0.0 launch config");
    expect(properties.tensor.description).toBe("The same as tp.");
    expect(properties.fly.markdownDescription).toContain("From v9.0.0 · ");
    expect(existsSync(schemaFile(`lightllm-${EARLIER}.schema.json`))).toBe(true);
    expect(JSON.parse(read(`lightllm-${EARLIER}.schema.json`)).properties).not.toHaveProperty("tensor");
    const { rules, startup, modelFactsOf } = JSON.parse(read("generated/rules.json")) as {
      rules: Record<string, { cases?: { releases: string[] }[] }>;
      startup: Record<string, unknown>;
      modelFactsOf: Record<string, unknown>;
    };
    expect(startup["v9.0.0"]).toEqual(startup[EARLIER]);
    expect(modelFactsOf["v9.0.0"]).toBe(modelFactsOf[EARLIER]);
    expect(script("release-startup.mjs", "v9.0.0").stdout).toBe(
      script("release-startup.mjs", EARLIER).stdout,
    );
    expect(
      Object.values(rules).some(({ cases }) => cases?.some(({ releases }) => releases.at(-1) === "v9.0.0")),
    ).toBe(true);
  });
});

// @ts-check
/**
 * `npm run release:import`: imports the flags of a LightLLM checkout into the catalogue as a new release. Parts that
 * only a person can write become placeholders, which the build rejects.
 */
import { access, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { readArguments } from "./release-import/arguments.mjs";
import { dateOf, readCheckout } from "./release-import/checkout.mjs";
import { environmentText, releaseText } from "./release-import/committed-form.mjs";
import { differences } from "./release-import/differences.mjs";
import { reportText } from "./release-import/report.mjs";
import { ruleRanges } from "./release-import/rule-ranges.mjs";
import { withStubs } from "./release-import/stubs.mjs";
import { placeholderLine } from "./schemas/placeholders.mjs";
import { SourceError } from "./schemas/source-error.mjs";
import { readReleases } from "./schemas/sources.mjs";

/**
 * @typedef {import("./release-import/committed-form.mjs").ReleaseSource} ReleaseSource
 * @typedef {Awaited<ReturnType<typeof readCheckout>>["options"]} Read
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schemas = join(root, "schemas");

async function main() {
  const { checkout, name, date: given, tagged, force } = readArguments(process.argv.slice(2));
  const path = join(schemas, "releases", `${name}.json`);
  if (!force && (await exists(path)))
    throw new SourceError(`schemas/releases/${name}.json already exists; --force replaces its flags.`);
  const { file, options: read } = await readCheckout(root, checkout);
  const date = given ?? dateOf(file);
  const others = (await readReleases(join(schemas, "releases"))).filter((release) => release.name !== name);
  const earlier = others.filter((release) => release.date <= date).at(-1) ?? others[0];
  if (!earlier) throw new SourceError("schemas/releases/ has no release to start from.");

  const release = releaseOf(read, earlier, { name, date, tagged });
  const docs = await readFlagDocs();
  const { texts, added } = withStubs(docs, release.flags, name);
  const marks = await missingOf([
    startupMarks(read, earlier.name, name),
    modelMarks(earlier.name, name),
    modelCodeMarks(earlier.name, name),
    deploymentMarks(earlier.name, name),
    moveMarks(earlier, release),
    changeMarks(earlier, release),
  ]);
  await writeFile(path, releaseText(release));
  for (const [group, text] of texts)
    if (text !== docs.get(group)) await writeFile(join(schemas, "flags", `${group}.yaml`), text);
  for (const { file, work } of marks) {
    const lines = work.map((what) => placeholderLine(name, what)).join("");
    await writeFile(join(schemas, file), lines + beginningOf(file, earlier.name, name));
  }
  await addToEnvironment(name, earlier.name);
  await addToMemory(name);

  const short = read.flatMap(({ names }) => names.filter((one) => !one.startsWith("--")));
  const helps = new Map(read.flatMap(({ names, help }) => names.map((one) => [one, help ?? ""])));
  const order = [...others, release].sort((a, b) => (a.date < b.date ? -1 : 1)).map((one) => one.name);
  const rules = await ruleRanges(schemas, order, name, earlier.name);
  process.stdout.write(reportText({ release, earlier, short, helps, stubs: added, marks, rules }));
}

/** @typedef {{ file: string, work: string[] }} Marks a file below `schemas/`, and the work that is left in it */

/** @param {Read} read @param {string} earlier @param {string} name @returns {Marks} */
function startupMarks(read, earlier, name) {
  return {
    file: `startup/${name}.yaml`,
    work: [
      `the start-up is that of ${earlier}: compare each step of \`npm run release:startup -- ${name}\` with lightllm/server/api_start.py, and write the differences`,
      `the environment variables are those of ${earlier}: compare schemas/environment.json with the code`,
      ...read.flatMap(({ names, unknown }) =>
        unknown.map(
          (part) =>
            `the ${part} is known only at run time for ${names[0]}: state it in schemas/releases/${name}.json`,
        ),
      ),
    ],
  };
}

/** What the facts of a folder are, after the name of the release. @type {Record<string, string>} */
const WHAT = {
  startup: "does with the parsed arguments before it starts anything",
  "model-facts": "takes from a model's config.json at start",
  "model-code": "demands of a model in the code that loads it",
  deployment: "shares between the launches of a deployment",
};

/** @param {string} earlier @param {string} name @returns {Marks} */
function modelMarks(earlier, name) {
  return {
    file: `model-facts/${name}.yaml`,
    work: [
      `the facts about models are those of ${earlier}: compare schemas/model-facts with lightllm/utils/config_utils.py, and write the differences`,
    ],
  };
}

/** @param {string} earlier @param {string} name @returns {Marks} */
function modelCodeMarks(earlier, name) {
  return {
    file: `model-code/${name}.yaml`,
    work: [
      `what the code of models demands is that of ${earlier}: compare schemas/model-code with lightllm/models and lightllm/common, and write the differences`,
    ],
  };
}

/** @param {string} earlier @param {string} name @returns {Marks} */
function deploymentMarks(earlier, name) {
  return {
    file: `deployment/${name}.yaml`,
    work: [
      `what launches of a deployment share is that of ${earlier}: compare schemas/deployment with the ports and addresses in lightllm/server, and write the differences`,
    ],
  };
}

/** @param {ReleaseSource} earlier @param {ReleaseSource} release @returns {Marks} */
function moveMarks(earlier, release) {
  const { added, gone, changed } = differences(earlier.flags, release.flags);
  return {
    file: `moves/${release.name}.yaml`,
    work: [
      `write the replacements of the ${gone.length} removed flags, and of the values that ${changed.length} others no longer accept`,
      `write the same for the way back, with ${added.length} new flags`,
    ],
  };
}

/** @param {ReleaseSource} earlier @param {ReleaseSource} release @returns {Marks} */
function changeMarks(earlier, release) {
  const { changed } = differences(earlier.flags, release.flags);
  return {
    file: `changes/${release.name}.yaml`,
    work: [
      `write what behaves differently than in ${earlier.name}, with the ${changed.length} changed flags, variables, API, kernels, formats and ports`,
    ],
  };
}

/** Files that already exist are kept. @param {readonly Marks[]} all @returns {Promise<Marks[]>} */
async function missingOf(all) {
  const there = await Promise.all(all.map(({ file }) => exists(join(schemas, file))));
  return all.filter((_, index) => !there[index]);
}

/** @param {string} path */
async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @returns {Promise<Map<string, string>>} the text of each group's file, in the order of the groups */
async function readFlagDocs() {
  const groups = /** @type {{ id: string }[]} */ (
    parse(await readFile(join(schemas, "groups.yaml"), "utf8"))
  );
  return new Map(
    await Promise.all(
      groups.map(
        async ({ id }) =>
          /** @type {const} */ ([id, await readFile(join(schemas, "flags", `${id}.yaml`), "utf8")]),
      ),
    ),
  );
}

/**
 * The release in its committed form. Facts that the parser does not contain (flags without effect, words that LightLLM
 * knows) are copied from the previous release.
 * @param {Read} read @param {ReleaseSource} earlier
 * @param {Pick<ReleaseSource, "name" | "date" | "tagged">} identity
 * @returns {ReleaseSource}
 */
function releaseOf(read, earlier, identity) {
  const status = new Map(earlier.flags.map((flag) => [flag.name, flag.status]));
  const flags = read.flatMap(({ names, facts }) => {
    const [name, ...aliases] = names.filter((one) => one.startsWith("--"));
    if (name === undefined) return [];
    const { kind, arity, repeat, default: initial, choices } = facts;
    return [
      { name, aliases, kind, arity, repeat, default: initial, choices, status: status.get(name) ?? "active" },
    ];
  });
  const free = new Set(flags.filter(({ choices }) => choices === null).map(({ name }) => name));
  const words = Object.fromEntries(Object.entries(earlier.words).filter(([flag]) => free.has(flag)));
  return { ...identity, words, flags };
}

/**
 * The text of a file for a release that equals the previous one. @param {string} file below `schemas/` @param {string}
 * earlier @param {string} name
 */
function beginningOf(file, earlier, name) {
  const [part] = file.split("/");
  const form = `# yaml-language-server: $schema=../${part}.schema.json`;
  if (part === "moves")
    return [form, `from: ${earlier}`, `to: ${name}`, "forward: []", "back: []", ""].join("\n");
  if (part === "changes") return [form, `from: ${earlier}`, `to: ${name}`, "changes: []", ""].join("\n");
  const comment = `# What LightLLM ${name} ${WHAT[part ?? ""]}, where it differs from ${earlier}.`;
  return [form, comment, "", `extends: ${earlier}`, ""].join("\n");
}

/** The new release reads the same variables as the previous one. @param {string} name @param {string} earlier */
async function addToEnvironment(name, earlier) {
  const path = join(schemas, "environment.json");
  /** @type {Record<string, { releases: string[], default: Record<string, unknown> }>} */
  const variables = JSON.parse(await readFile(path, "utf8"));
  for (const { releases, default: initial } of Object.values(variables)) {
    const at = releases.indexOf(earlier);
    if (at < 0 || releases.includes(name)) continue;
    releases.splice(at + 1, 0, name);
    if (Object.hasOwn(initial, earlier)) initial[name] = initial[earlier];
  }
  await writeFile(path, environmentText(variables));
}

/** The new release takes memory as the newest one that is written. @param {string} name */
async function addToMemory(name) {
  const path = join(schemas, "fit.yaml");
  const lines = (await readFile(path, "utf8")).split("\n");
  if (lines.some((line) => line.startsWith(`  ${name}:`))) return;
  const from = lines.indexOf("releases:");
  const next = lines.findIndex((line, at) => at > from && /^\S/.test(line));
  let end = next < 0 ? lines.length : next;
  while (lines[end - 1]?.trim() === "") end--;
  const work =
    "the memory of a launch is that of the newest release before: compare lightllm/common, and write the differences";
  lines.splice(end, 0, `  ${placeholderLine(name, work).trimEnd()}`, `  ${name}: *current`);
  await writeFile(path, lines.join("\n"));
}

main().catch((error) => {
  if (!(error instanceof SourceError)) throw error;
  console.error(error.message);
  process.exit(1);
});

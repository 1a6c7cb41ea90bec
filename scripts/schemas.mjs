// @ts-check
/**
 * `npm run schemas`: regenerates all files that are made from the catalogue's source.
 * With `--check` it writes nothing, and fails with a list of files if the committed ones differ.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "./load-typescript.mjs";
import { checkExpressions } from "./schemas/check-expressions.mjs";
import { compile } from "./schemas/compile.mjs";
import { withLanguages } from "./schemas/extension-languages.mjs";
import { withRules } from "./schemas/extension-rules.mjs";
import { compiledMessages, manifestTexts, readMessages } from "./schemas/messages.mjs";
import { checkRuleCode } from "./schemas/rule-code.mjs";
import { rulePages } from "./schemas/rule-pages.mjs";
import { SourceError } from "./schemas/source-error.mjs";
import { readSources } from "./schemas/sources.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @param {string} path
 * @param {string} text
 * @param {boolean} checkOnly
 * @returns {Promise<boolean>} true if it differed
 */
async function put(path, text, checkOnly) {
  const full = join(root, path);
  const before = await readFile(full, "utf8").catch(() => undefined);
  if (before === text) return false;
  if (!checkOnly) {
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
  }
  return true;
}

async function main() {
  const checkOnly = process.argv.includes("--check");
  const sources = await readSources(join(root, "schemas"));
  /** @type {string[]} */
  const changed = [];
  /** @param {string} path @param {string} text */
  const write = async (path, text) => {
    if (await put(path, text, checkOnly)) changed.push(path);
  };
  // The server's code below imports these files.
  for (const [program, languages] of await readMessages(join(root, "schemas/messages"))) {
    const files = program === "package" ? manifestTexts(languages) : compiledMessages(program, languages);
    for (const [file, text] of files) await write(file, text);
  }
  const {
    facts,
    docs,
    environment,
    fit,
    rules,
    ruleTypes,
    ruleRegistries,
    moves,
    behaviour,
    otherEngines,
    publicModels,
    beginnings,
  } = compile(sources);
  await checkRuleCode(join(root, "server/src"), sources.rules);
  await write("schemas/generated/facts.json", `${JSON.stringify(facts, null, 1)}\n`);
  await write("schemas/generated/environment.json", `${JSON.stringify(environment, null, 1)}\n`);
  await write("schemas/generated/rules.json", `${JSON.stringify(rules, null, 1)}\n`);
  await write("schemas/generated/rules.ts", ruleTypes);
  for (const { folder, text } of ruleRegistries) await write(`server/src/${folder}/registry.ts`, text);
  await write("schemas/generated/behaviour.json", `${JSON.stringify(behaviour, null, 1)}\n`);
  await write("schemas/generated/fit.json", `${JSON.stringify(fit, null, 1)}\n`);
  await write("schemas/generated/moves.json", `${JSON.stringify(moves, null, 1)}\n`);
  await write("schemas/generated/other-engines.json", `${JSON.stringify(otherEngines, null, 1)}\n`);
  await write("schemas/generated/models.json", `${JSON.stringify(publicModels, null, 1)}\n`);
  await write("schemas/generated/beginnings.json", `${JSON.stringify(beginnings, null, 1)}\n`);
  await write("schemas/generated/docs.json", `${JSON.stringify(docs, null, 1)}\n`);
  await checkExpressions(root, sources.written, facts.flags);
  if (checkOnly && changed.length > 0) fail(changed);

  /** @type {typeof import("../server/src/service")} */
  const { service } = await loadTypeScript(join(root, "server/src/service.ts"));
  const catalogue = service.shippedCatalogue();
  for (const release of catalogue.releases) {
    const schema = service.releaseSchema(release, catalogue);
    await write(`schemas/lightllm-${release.name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
  }
  const configuration = service.configuration.schema();
  await write("schemas/configuration.schema.json", `${JSON.stringify(configuration, null, 2)}\n`);
  for (const release of catalogue.releases) {
    const schema = service.quantizationSchema(release, catalogue);
    await write(`schemas/quant-cfg-${release.name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
  }
  for (const [path, text] of await rulePages(root)) await write(path, text);
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const named = withRules(await withLanguages(manifest, root), Object.keys(catalogue.rules()));
  await write("package.json", `${JSON.stringify(named, null, 2)}\n`);
  if (checkOnly && changed.length > 0) fail(changed);
  console.log(
    changed.length > 0 ? `Written:\n  ${changed.join("\n  ")}` : "Everything generated is up to date.",
  );
}

/** @param {string[]} changed @returns {never} */
function fail(changed) {
  console.error(
    `These files are not what their source makes; run \`npm run schemas\` and commit the result:\n  ${changed.join("\n  ")}`,
  );
  process.exit(1);
}

main().catch((error) => {
  if (!(error instanceof SourceError)) throw error;
  console.error(error.message);
  process.exit(1);
});

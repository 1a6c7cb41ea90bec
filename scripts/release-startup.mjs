// @ts-check
/**
 * `npm run release:startup -- v1.1.0`: prints all start-up steps of a release, whose file may contain only differences.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { SourceError } from "./schemas/source-error.mjs";
import { readReleases } from "./schemas/sources.mjs";
import { readStartup } from "./schemas/startup.mjs";

const schemas = join(dirname(fileURLToPath(import.meta.url)), "..", "schemas");

async function main() {
  const [release = "", ...more] = process.argv.slice(2);
  const names = (await readReleases(join(schemas, "releases"))).map(({ name }) => name);
  if (!names.includes(release) || more.length > 0)
    throw new SourceError(`Name a release, one of ${names.join(", ")}: npm run release:startup -- v1.2.0`);
  const { steps, startup } = await readStartup(schemas, names);
  const programs = Object.entries(startup[release] ?? {}).map(([program, indices]) => [
    program,
    indices.flatMap((index) => steps[index] ?? []).map(written),
  ]);
  process.stdout.write(
    stringify(Object.fromEntries(programs), { lineWidth: 0, aliasDuplicateObjects: false }),
  );
}

/** A step in YAML form. @param {import("./schemas/startup.mjs").Step} step */
function written({ id, refuses, set = [], when }) {
  return {
    ...(refuses ? { refuse: id } : { id, set: Object.fromEntries(set) }),
    ...(when !== undefined && { when }),
  };
}

main().catch((error) => {
  if (!(error instanceof SourceError)) throw error;
  console.error(error.message);
  process.exit(1);
});

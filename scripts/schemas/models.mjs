// @ts-check
/** Reads `schemas/models.yaml`: facts of public models by their name on the Hugging Face Hub. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * The config of each model as a JSON text.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<Record<string, string>>}
 */
export async function readPublicModels(folder) {
  const form = JSON.parse(await readFile(join(folder, "models.schema.json"), "utf8"));
  const file = await readYamlFile(folder, "models.yaml");
  file.check(new Ajv({ allErrors: true, verbose: true }).compile(form));
  const { sources, models } = file.value;
  return Object.fromEntries(
    Object.entries(models).map(([name, { from, config }]) => {
      const [source] = from.split(" ");
      if (!Object.hasOwn(sources, source))
        throw file.error(["models", name, "from"], `${source} is no source.`);
      return [name, JSON.stringify(config)];
    }),
  );
}

/** `lightllm-config schema`: prints the JSON Schema of a release or of a LightLLM source. */

import { type Catalogue, type JsonSchema, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { readOptions, releaseNamed } from "./options";
import { printJson, tell } from "./output";
import { readSourceFile } from "./source-file";

/**
 * Prints the requested schema, or the names of the releases; returns the exit status. @throws CliError for bad usage.
 */
export async function printSchema(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("schema", words, {
    release: { type: "string" },
    source: { type: "string" },
    configuration: { type: "boolean" },
    list: { type: "boolean" },
  });
  const { release: name, source, list, configuration } = values;
  if (positionals.length > 0) throw new CliError(say("cli.schema-unknown", { word: positionals[0] ?? "" }));
  if (name !== undefined && source !== undefined) throw new CliError(say("cli.schema-release-or-source"));
  if (configuration) {
    printJson(service.configuration.schema());
    return 0;
  }
  const catalogue = service.shippedCatalogue();
  if (list) {
    tell(`${catalogue.releases.map((release) => release.name).join("\n")}\n`);
    return 0;
  }
  const release = name === undefined ? catalogue.newest : releaseNamed("schema", name, catalogue);
  const schema =
    source === undefined ? service.releaseSchema(release, catalogue) : await sourceSchema(source, catalogue);
  printJson(schema);
  return 0;
}

/** The schema of the LightLLM in a folder, with a note about its origin. */
async function sourceSchema(named: string, catalogue: Catalogue): Promise<JsonSchema> {
  const { path, text } = await readSourceFile("schema", named);
  const reading = service.readSource(text, catalogue);
  if (reading.kind === "broken") throw new CliError(say("cli.schema-no-parser", { path, why: reading.why }));
  const { release, differences } = reading;
  return {
    ...service.releaseSchema(release, catalogue),
    title: say("schema.source-title", { release: release.name }),
    description: say("schema.source-description", { likeness: likeness(release, differences) }),
  };
}

function likeness({ rulesOf, date }: Release, differences: number): string {
  if (differences === 0) return say("schema.source-same", { release: rulesOf, date });
  return say("schema.source-differs", { count: differences, release: rulesOf, date });
}

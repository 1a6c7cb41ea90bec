/** `lightllm-config schema`: a release's JSON Schema on standard output. */
import { parseArgs } from "node:util";
import { releaseSchema, shippedCatalogue } from "../features";

/** Prints the schema asked for, or the names of the releases; returns the exit status. */
export function printSchema(words: readonly string[]): number {
  const { values } = parseArgs({
    args: [...words],
    options: { release: { type: "string" }, list: { type: "boolean" } },
  });
  const catalogue = shippedCatalogue();
  const names = catalogue.releases.map(({ name }) => name);
  if (values.list) {
    process.stdout.write(`${names.join("\n")}\n`);
    return 0;
  }
  const release = catalogue.release(values.release ?? catalogue.newest.name);
  if (!release) {
    process.stderr.write(
      `lightllm-config: schema: there is no release '${values.release}'. Known: ${names.join(", ")}\n`,
    );
    return 2;
  }
  process.stdout.write(`${JSON.stringify(releaseSchema(release, catalogue), null, 2)}\n`);
  return 0;
}

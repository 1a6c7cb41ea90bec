// @ts-check
/** Reads the LightLLM that is checked out in a folder. */
import { execFileSync } from "node:child_process";
import { basename, dirname, join } from "node:path";
import { loadTypeScript } from "../load-typescript.mjs";
import { SourceError } from "../schemas/source-error.mjs";

/** The flags of a LightLLM. @param {string} root folder of the project @param {string} checkout */
export async function readCheckout(root, checkout) {
  /** @type {typeof import("../../server/src/cli/source-file")} */
  const { readSourceFile } = await loadTypeScript(join(root, "server/src/cli/source-file.ts"));
  /** @type {typeof import("../../server/src/source")} */
  const { readParser, readSource } = await loadTypeScript(join(root, "server/src/source/index.ts"));
  /** @type {typeof import("../../server/src/catalogue")} */
  const { shippedCatalogue } = await loadTypeScript(join(root, "server/src/catalogue/index.ts"));
  const file = await readSourceFile("release:import", checkout).catch((error) => {
    throw new SourceError(error instanceof Error ? error.message : String(error));
  });
  const known = readSource(file.text, shippedCatalogue());
  const reading = readParser(file.text);
  if (known.kind === "broken" || reading.kind === "broken") {
    const why = known.kind === "broken" ? known.why : reading.kind === "broken" ? reading.why : "";
    throw new SourceError(`${file.path} cannot be taken for LightLLM's parser: ${why}.`);
  }
  return { file: file.path, options: reading.options };
}

/** The day of the commit that a file is checked out from. @param {string} file */
export function dateOf(file) {
  /** @param {readonly string[]} words */
  const git = (words) =>
    execFileSync("git", ["-C", dirname(file), ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    // What is only copied into some repository has no date of its own there.
    git(["ls-files", "--error-unmatch", basename(file)]);
    return git(["log", "-1", "--format=%cs"]);
  } catch {
    throw new SourceError(`${file} is of no git checkout that tells its date; give it: --date YYYY-MM-DD.`);
  }
}

// @ts-check
/** Reads a LightLLM checkout. */
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
    throw new SourceError(`${file.path} is not LightLLM's parser: ${why}.`);
  }
  return { file: file.path, options: reading.options };
}

/** The date of the commit that a file was checked out from. @param {string} file */
export function dateOf(file) {
  /** @param {readonly string[]} words */
  const git = (words) =>
    execFileSync("git", ["-C", dirname(file), ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    // A file that was only copied into a repository has no commit date there.
    git(["ls-files", "--error-unmatch", basename(file)]);
    return git(["log", "-1", "--format=%cs"]);
  } catch {
    throw new SourceError(`${file} has no commit date; use --date YYYY-MM-DD.`);
  }
}

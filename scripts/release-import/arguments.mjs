// @ts-check
/** The arguments of `npm run release:import`. */
import { parseArgs } from "node:util";
import { SourceError } from "../schemas/source-error.mjs";

const USAGE =
  "npm run release:import -- <LightLLM checkout> --name v1.3.0 [--date YYYY-MM-DD] [--tagged] [--force]";

/** @param {readonly string[]} words @throws {SourceError} whose message is one sentence */
export function readArguments(words) {
  const { values, positionals } = parsed(words);
  const [checkout] = positionals;
  const { name, date, tagged = false, force = false } = values;
  if (checkout === undefined || positionals.length > 1 || name === undefined)
    throw new SourceError(`Name the LightLLM checkout and the release: ${USAGE}`);
  if (!/^[a-z0-9][\w.-]*$/i.test(name)) throw new SourceError(`'${name}' cannot be the name of a release.`);
  if (date !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))))
    throw new SourceError(`'${date}' is no date; write it as 2026-08-10.`);
  return { checkout, name, date, tagged, force };
}

/** @param {readonly string[]} words */
function parsed(words) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        name: { type: "string" },
        date: { type: "string" },
        tagged: { type: "boolean" },
        force: { type: "boolean" },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SourceError(`${message.replace(/\.?(?:\n|\.\s).*$/s, "")}: ${USAGE}`);
  }
}

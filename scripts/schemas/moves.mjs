// @ts-check
/** Reads `schemas/moves/`: what carries a launch over from one release to the next, and back. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { SourceError } from "./source-error.mjs";

/**
 * @typedef {import("../../server/src/catalogue/types").Moves} Moves
 * @typedef {import("../../server/src/catalogue/types").Move} Move
 * @typedef {Omit<Move, "flag" | "set"> & { flag?: string, set?: Record<string, unknown> }} WrittenMove
 */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases old to new
 * @returns {Promise<Moves>}
 */
export async function readMoves(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "moves.schema.json"), "utf8"));
  const ajv = new Ajv({ allErrors: true });
  ajv.addSchema(form, "moves");
  /** @param {string} name @param {string} definition */
  const read = async (name, definition) => {
    const text = await readFile(join(folder, "moves", name), "utf8").catch(() => {
      throw new SourceError(`schemas/moves/${name} is missing: write what carries a launch over.`);
    });
    const entry = parse(text);
    if (!ajv.validate(`moves#/definitions/${definition}`, entry)) {
      const errors = (ajv.errors ?? []).map((error) => `  ${error.instancePath} ${error.message}`);
      throw new SourceError(
        [`schemas/moves/${name} is not of the form of moves.schema.json:`, ...errors].join("\n"),
      );
    }
    return entry;
  };
  /** @type {{ from: string, to: string, moves: Move[] }[]} */
  const boundaries = [];
  for (const [index, to] of releases.entries()) {
    const from = releases[index - 1];
    if (from === undefined) continue;
    const written = await read(`${to}.yaml`, "boundary");
    if (written.from !== from || written.to !== to)
      throw new SourceError(`schemas/moves/${to}.yaml: it lies between ${from} and ${to}.`);
    boundaries.push({ from, to, moves: written.forward.map(tidy) });
    boundaries.push({ from: to, to: from, moves: written.back.map(tidy) });
  }
  const timeline = JSON.parse(await readFile(join(folder, "timeline.json"), "utf8"));
  /** @type {WrittenMove[]} */
  const never = await read("never-released.yaml", "neverReleased");
  return {
    boundaries,
    neverReleased: never.map((move) => ({ ...tidy(move), ...whenItWas(String(move.flag), timeline.flags) })),
    keptDefaults: await read("kept-defaults.yaml", "kept"),
  };
}

/** @param {WrittenMove} move @returns {any} */
function tidy({ say, lost, set, ...rest }) {
  return {
    ...rest,
    say: oneLine(say),
    ...(lost !== undefined && { lost: oneLine(lost) }),
    ...(set && { set: Object.fromEntries(Object.entries(set).map(([key, value]) => [key, String(value)])) }),
  };
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/** @param {string} flag @param {{ name: string, releases: string[], history: { what: string, date: string }[] }[]} flags */
function whenItWas(flag, flags) {
  const known = flags.find(({ name }) => name === flag);
  if (!known) throw new SourceError(`schemas/moves/never-released.yaml: timeline.json has no flag ${flag}.`);
  const added = known.history.find(({ what }) => what === "added")?.date;
  const removed = known.history.findLast(({ what }) => what === "removed")?.date;
  return known.releases.length > 0 ? {} : { added, removed };
}

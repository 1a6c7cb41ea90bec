// @ts-check
/** Reads `schemas/moves/`: how to migrate a launch from one release to the next, and back. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readChanges, reportedBackOf, reportedOf } from "./changes.mjs";
import { releasesIn } from "./rules.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @typedef {import("./yaml-file.mjs").YamlFile} YamlFile
 * @typedef {import("../../server/src/catalogue/move-facts").Moves} Moves
 * @typedef {import("../../server/src/catalogue/move-facts").Move} Move
 * @typedef {Omit<Move, "flag" | "set"> & { flag?: string, set?: Record<string, unknown>, source?: string[] }} WrittenMove
 */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases old to new
 * @returns {Promise<{ moves: Moves, files: YamlFile[], kept: YamlFile, changes: YamlFile[], behaviour: Record<string, object[]> }>}
 */
export async function readMoves(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "moves.schema.json"), "utf8"));
  const ajv = new Ajv({ allErrors: true, verbose: true });
  ajv.addSchema(form, "moves");
  /** @param {string} name @param {string} definition */
  const read = async (name, definition) => {
    const missing = `schemas/moves/${name} is missing: write what carries a launch over.`;
    const file = await readYamlFile(folder, `moves/${name}`, missing);
    file.check(
      /** @type {import("ajv").ValidateFunction} */ (ajv.getSchema(`moves#/definitions/${definition}`)),
    );
    return file;
  };
  /** @type {YamlFile[]} */
  const files = [];
  const { changes, files: changeFiles } = await readChanges(folder, releases);
  /** @type {Moves["boundaries"][number][]} */
  const boundaries = [];
  for (const [index, to] of releases.entries()) {
    const from = releases[index - 1];
    if (from === undefined) continue;
    const file = await read(`${to}.yaml`, "boundary");
    const written = file.value;
    if (written.from !== from || written.to !== to)
      throw file.error([written.from === from ? "to" : "from"], `it lies between ${from} and ${to}.`);
    for (const place of foreignSources(written))
      throw file.error(place, `its source is in ${from} or ${to}.`);
    files.push(file);
    boundaries.push({
      from,
      to,
      moves: written.forward.map(tidy),
      reported: reportedOf(changes.get(to) ?? []),
      ...names(written.quantizationFile),
    });
    boundaries.push({
      from: to,
      to: from,
      moves: written.back.map(tidy),
      reported: reportedBackOf(changes.get(to) ?? []),
      ...names(reversed(written.quantizationFile)),
    });
  }
  const timeline = JSON.parse(await readFile(join(folder, "timeline.json"), "utf8"));
  const never = await read("never-released.yaml", "neverReleased");
  const kept = await read("kept-defaults.yaml", "kept");
  /** @type {WrittenMove[]} */
  const written = never.value;
  const moves = {
    boundaries,
    neverReleased: written.map((move, index) => {
      const known = timeline.flags.find((/** @type {{ name: string }} */ { name }) => name === move.flag);
      if (!known) throw never.error([index, "flag"], `timeline.json has no flag ${move.flag}.`);
      demandKnown(never, [index, "source"], move.source, releases);
      return { ...tidy(move), ...whenItWas(known) };
    }),
    keptDefaults: Object.fromEntries(
      Object.entries(kept.value).map(([name, { releases: range = "..", source, ...rest }]) => {
        demandKnown(kept, [name, "source"], source, releases);
        const covered = releasesIn(range, releases);
        if (covered.length === 0) throw kept.error([name, "releases"], `there are no releases ${range}.`);
        return [name, { ...rest, releases: covered }];
      }),
    ),
  };
  const behaviour = Object.fromEntries(
    [...changes].map(([to, all]) => [to, all.map(({ if: _, back: __, ...change }) => change)]),
  );
  return { moves, files: [...files, never], kept, changes: changeFiles, behaviour };
}

/**
 * The other names in a quantization file.
 * @typedef {Partial<Record<"keys" | "methods" | "layers" | "say", Record<string, string>>>} Names
 * @param {Names | undefined} file @returns {Pick<Moves["boundaries"][number], "quantizationFile">}
 */
function names(file) {
  if (!file) return {};
  const { keys = {}, methods = {}, layers = {}, say = {} } = file;
  return { quantizationFile: { keys, methods, layers, say } };
}

/** @param {(Names & { back?: Names }) | undefined} file @returns {Names | undefined} */
function reversed(file) {
  if (!file || file.back) return file?.back;
  const { keys, methods, layers } = file;
  return { keys: turned(keys), methods: turned(methods), layers: turned(layers) };
}

/** @param {Record<string, string>} [names] */
function turned(names = {}) {
  return Object.fromEntries(Object.entries(names).map(([before, after]) => [after, before]));
}

/**
 * The places of sources in other releases than the two of a file.
 * @param {{ from: string, to: string, forward: WrittenMove[], back: WrittenMove[] }} written
 */
function foreignSources({ from, to, ...directions }) {
  const inside = (/** @type {string} */ source) => [from, to].some((name) => source.startsWith(`${name} `));
  return /** @type {const} */ (["forward", "back"]).flatMap((way) =>
    directions[way].flatMap(({ source = [] }, index) =>
      source.every(inside) ? [] : [[way, index, "source"]],
    ),
  );
}

/**
 * @param {YamlFile} file
 * @param {import("./yaml-file.mjs").Keys} place of the sources
 * @param {readonly string[]} [sources]
 * @param {readonly string[]} [releases] those that there are
 */
function demandKnown(file, place, sources = [], releases = []) {
  const known = (/** @type {string} */ source) => releases.some((name) => source.startsWith(`${name} `));
  if (!sources.every(known)) throw file.error(place, "there is no such release.");
}

/** @param {WrittenMove} move @returns {any} */
function tidy({ say, lost, set, source: _, ...rest }) {
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

/** @param {{ releases: string[], history: { what: string, date: string }[] }} flag */
function whenItWas({ releases, history }) {
  const added = history.find(({ what }) => what === "added")?.date;
  const removed = history.findLast(({ what }) => what === "removed")?.date;
  return releases.length > 0 ? {} : { added, removed };
}

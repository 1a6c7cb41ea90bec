// @ts-check
/** Finds Python expressions, message templates and names of flags in the files of `schemas/`. */
import { asPython } from "./rules.mjs";

/**
 * @typedef {import("./yaml-file.mjs").YamlFile} YamlFile
 * @typedef {import("./yaml-file.mjs").Keys} Keys
 * @typedef {{ kind: "expression" | "text" | "flag", source: string, file: YamlFile, keys: Keys }} Written
 */

/**
 * In the steps of the start-up programs.
 * @param {readonly import("./startup.mjs").PlacedStep[]} steps
 * @returns {Written[]}
 */
export function inSteps(steps) {
  return steps.flatMap(({ step, file, keys }) => [
    ...expression(file, [...keys, "when"], step.when),
    ...(step.set ?? []).flatMap(([flag, value]) => expression(file, [...keys, "set", flag], value)),
  ]);
}

/** The keys of `container.yaml` that are expressions. */
const CONTAINER_EXPRESSIONS = [
  "port",
  "host",
  "gpus",
  "vision_gpus",
  "possible_gpus",
  "audio_gpus",
  "reckons_memory",
  "memory_for_requests",
  "memory_for_images",
];

/** In `container.yaml`. @param {YamlFile} file @returns {Written[]} */
export function inContainer(file) {
  return [
    ...CONTAINER_EXPRESSIONS.flatMap((key) => expression(file, [key], file.value[key])),
    ...flags(file, ["folders"], file.value.folders),
  ];
}

/** In `deployment/`. @param {YamlFile} file @returns {Written[]} */
export function inDeployment(file) {
  const { ports = {}, taken = {}, agree = {} } = file.value;
  const places = [
    ...Object.entries(ports).map(([name, how]) => ({ keys: ["ports", name], how })),
    ...Object.entries(taken).map(([name, how]) => ({ keys: ["taken", name], how })),
    ...Object.entries(agree).flatMap(([who, flags]) =>
      Object.entries(flags ?? {}).map(([flag, how]) => ({
        keys: ["agree", who, flag],
        how: { ...how, flag },
      })),
    ),
  ];
  return places.flatMap(({ keys, how }) => {
    return [
      ...(how?.flag === undefined
        ? []
        : [{ kind: /** @type {const} */ ("flag"), source: how.flag, file, keys }]),
      ...expression(file, [...keys, "if"], how?.if),
      ...expression(file, [...keys, "value"], how?.value),
      ...expression(file, [...keys, "count"], how?.count),
    ];
  });
}

/** In a rule. @param {YamlFile} file @returns {Written[]} */
export function inRule(file) {
  /** @type {import("./rules.mjs").RuleSource | undefined} */
  const rule = file.value.rule;
  if (!rule) return [];
  const { say, cases = [], cures = [], flags: blamed, each } = rule;
  return [
    ...expression(file, ["rule", "if"], rule.if),
    ...cases.flatMap((one, index) => expression(file, ["rule", "cases", index, "if"], one.if)),
    ...(typeof say === "string"
      ? text(file, ["rule", "say"], say)
      : say.flatMap((one, index) => [
          ...expression(file, ["rule", "say", index, "if"], one.if),
          ...text(file, ["rule", "say", index, "say"], one.say),
        ])),
    ...flags(file, ["rule", "flags"], blamed),
    ...flags(file, ["rule", "each"], each),
    ...cures.flatMap((cure, index) => changes(file, ["rule", "cures", index], cure)),
  ];
}

/**
 * In the moves between two releases, and of flags that were never released.
 * @param {YamlFile} file
 * @returns {Written[]}
 */
export function inMoves(file) {
  if (Array.isArray(file.value)) return movesIn(file, [], file.value);
  return ["forward", "back"].flatMap((part) => movesIn(file, [part], file.value[part]));
}

/** In `kept-defaults.yaml`. @param {YamlFile} file @returns {Written[]} */
export function inKeptDefaults(file) {
  return Object.entries(file.value).flatMap(([flag, kept]) => [
    { kind: /** @type {const} */ ("flag"), source: flag, file, keys: [flag] },
    ...expression(file, [flag, "if"], kept.if),
    ...expression(file, [flag, "value"], kept.value),
  ]);
}

/** In `changes/`. @param {YamlFile} file @returns {Written[]} */
export function inChanges(file) {
  /** @type {{ if?: string, back?: { if?: string } }[]} */
  const changes = file.value.changes;
  return changes.flatMap((change, index) => [
    ...expression(file, ["changes", index, "if"], change.if),
    ...expression(file, ["changes", index, "back", "if"], change.back?.if),
  ]);
}

/** @param {YamlFile} file @param {Keys} keys @param {any[]} moves @returns {Written[]} */
function movesIn(file, keys, moves) {
  return moves.flatMap((move, index) => {
    const own = [...keys, index];
    const named = typeof move.flag === "string" && !move.flag.startsWith("-");
    return [
      ...(named ? flags(file, [...own], [move.flag], "flag") : []),
      ...text(file, [...own, "say"], move.say),
      ...text(file, [...own, "lost"], move.lost),
      ...changes(file, own, move),
    ];
  });
}

/**
 * A condition, values to set, flags to add and to remove.
 * @param {YamlFile} file
 * @param {Keys} keys
 * @param {{ if?: unknown, set?: Record<string, unknown>, add?: string[], remove?: unknown }} change
 * @returns {Written[]}
 */
function changes(file, keys, { if: condition, set = {}, add, remove }) {
  return [
    ...expression(file, [...keys, "if"], condition),
    ...Object.entries(set).flatMap(([flag, value]) => [
      { kind: /** @type {const} */ ("flag"), source: flag, file, keys: [...keys, "set", flag] },
      ...expression(file, [...keys, "set", flag], value),
    ]),
    ...flags(file, [...keys, "add"], add),
    ...(Array.isArray(remove) ? flags(file, [...keys, "remove"], remove) : []),
  ];
}

/** @param {YamlFile} file @param {Keys} keys @param {unknown} source @returns {Written[]} */
function expression(file, keys, source) {
  return source === undefined ? [] : [{ kind: "expression", source: asPython(source), file, keys }];
}

/** @param {YamlFile} file @param {Keys} keys @param {string | undefined} source @returns {Written[]} */
function text(file, keys, source) {
  return source === undefined ? [] : [{ kind: "text", source: source.replace(/\s+/g, " "), file, keys }];
}

/**
 * A list of flags, each with an optional condition.
 * @param {YamlFile} file
 * @param {Keys} keys
 * @param {(string | { flag: string, if: string })[]} [list]
 * @param {string} [key] the key of a single flag
 * @returns {Written[]}
 */
function flags(file, keys, list = [], key) {
  return list.flatMap((one, index) => {
    const own = [...keys, key ?? index];
    const source = typeof one === "string" ? one : one.flag;
    return [
      { kind: /** @type {const} */ ("flag"), source, file, keys: own },
      ...(typeof one === "string" ? [] : expression(file, [...own, "if"], one.if)),
    ];
  });
}

// @ts-check
/** Every expression and message of the start-up programs and of the rules must be readable, and its names known. */
import { join } from "node:path";
import { loadTypeScript } from "../load-typescript.mjs";
import { SourceError } from "./source-error.mjs";

/** Names that are no flags: what a rule's own messages may speak of. */
const OF_RULES = ["flag", "value", "before", "after", "release"];

/**
 * @param {string} root folder of the project
 * @param {import("../../server/src/catalogue/types").CompiledRules} compiled
 * @param {import("../../server/src/catalogue/types").Moves} moves
 * @param {readonly { name: string }[]} flags all flags there ever were, with dashes
 * @param {readonly import("./startup.mjs").PlacedStep[]} steps each step of a start-up program as it is written
 */
export async function checkExpressions(root, { rules, container }, moves, flags, steps) {
  const judgement = join(root, "server/src/judgement");
  const python = join(root, "server/src/python");
  /** @type {typeof import("../../server/src/python/expression")} */
  const { expression, FUNCTION_NAMES } = await loadTypeScript(join(python, "expression.ts"));
  /** @type {typeof import("../../server/src/python/syntax")} */
  const { partsOf } = await loadTypeScript(join(python, "syntax.ts"));
  /** @type {typeof import("../../server/src/python/functions")} */
  const { METHOD_NAMES } = await loadTypeScript(join(python, "functions.ts"));
  /** @type {typeof import("../../server/src/judgement/rules/message")} */
  const { templateParts } = await loadTypeScript(join(judgement, "rules/message.ts"));
  /** @type {typeof import("../../server/src/judgement/model/facts")} */
  const { isModelFact } = await loadTypeScript(join(judgement, "model/facts.ts"));
  const known = new Set([
    ...flags.map(({ name }) => name.slice(2)),
    ...OF_RULES,
    "enable_multimodal",
    "afs_dir_impossible",
  ]);
  /** @type {string[]} */
  const problems = [];

  /** @param {string} where @param {() => void} look */
  const at = (where, look) => {
    try {
      look();
    } catch (error) {
      problems.push(`${where}: ${error instanceof Error ? error.message : error}`);
    }
  };
  /** @param {import("../../server/src/python/syntax").Node} node */
  const checkCalls = (node) => {
    if (node.kind === "call" && !FUNCTION_NAMES.includes(node.name))
      throw new SourceError(`there is no function ${node.name}. Known: ${FUNCTION_NAMES.join(", ")}.`);
    if (node.kind === "method" && !METHOD_NAMES.includes(node.name))
      throw new SourceError(`there is no method ${node.name}. Known: ${METHOD_NAMES.join(", ")}.`);
    partsOf(node).forEach(checkCalls);
  };
  /** @param {import("../../server/src/python/expression").Expression} read */
  const checkNames = ({ names, tree }) => {
    checkCalls(tree);
    const unknown = names.filter((name) => !known.has(name) && !isModelFact(name));
    if (unknown.length > 0) throw new SourceError(`no release has a flag ${unknown.join(", ")}.`);
  };
  /** @param {string} where @param {string | undefined} source */
  const check = (where, source) => source !== undefined && at(where, () => checkNames(expression(source)));
  /** @param {string} where @param {string} template */
  const checkTemplate = (where, template) =>
    at(where, () => {
      for (const part of templateParts(template)) if (typeof part !== "string") checkNames(part.value);
    });
  /** @param {string} where @param {string} flag */
  const checkFlag = (where, flag) =>
    known.has(flag) || problems.push(`${where}: no release has a flag ${flag}.`);

  for (const { step, file, keys } of steps) {
    check(file.place([...keys, "when"]), step.when);
    for (const [flag, value] of step.set ?? []) check(file.place([...keys, "set", flag]), value);
  }
  check("schemas/container.yaml, port", container.port);
  check("schemas/container.yaml, gpus", container.gpus);
  for (const flag of container.folders) checkFlag("schemas/container.yaml", flag);
  for (const rule of Object.values(rules)) {
    if (!("messages" in rule)) continue;
    const { id, cases = [], messages, cures, flags: blamed, each = [] } = rule;
    const where = `schemas/rules/${id}.yaml`;
    for (const one of [...cases, ...messages, ...cures]) check(where, one.if);
    for (const { say } of messages) checkTemplate(where, say);
    for (const flag of [...blamed, ...each]) {
      checkFlag(where, typeof flag === "string" ? flag : flag.flag);
      if (typeof flag !== "string") check(where, flag.if);
    }
    for (const { set = {}, add = [], remove = [] } of cures) {
      for (const flag of [...Object.keys(set), ...add, ...remove]) checkFlag(where, flag);
      for (const value of Object.values(set)) check(where, value);
    }
  }
  for (const { from, to, moves: between } of [
    ...moves.boundaries,
    { from: "no release", to: "any", moves: moves.neverReleased },
  ]) {
    const where = `schemas/moves, from ${from} to ${to}`;
    for (const move of between) {
      const { flag, say, lost, set = {} } = move;
      const { if: condition, add = [] } = "if" in move || "add" in move ? move : {};
      if (flag !== undefined && !flag.startsWith("-")) checkFlag(where, flag);
      check(where, condition);
      checkTemplate(where, say);
      if (lost !== undefined) checkTemplate(where, lost);
      for (const [other, value] of Object.entries(set)) {
        checkFlag(where, other);
        check(where, value);
      }
      for (const other of add) checkFlag(where, other);
    }
  }
  for (const [flag, { if: condition }] of Object.entries(moves.keptDefaults)) {
    checkFlag("schemas/moves/kept-defaults.yaml", flag);
    check("schemas/moves/kept-defaults.yaml", condition);
  }
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
}

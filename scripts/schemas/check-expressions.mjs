// @ts-check
/**
 * Checks that every expression and message of the start-up programs and rules can be parsed, and that its names exist.
 */
import { join } from "node:path";
import { loadTypeScript } from "../load-typescript.mjs";
import { SourceError } from "./source-error.mjs";

/** Names in messages that are not flags. */
const OF_RULES = ["flag", "value", "before", "after", "release"];

/**
 * @param {string} root folder of the project
 * @param {readonly import("./written-expressions.mjs").Written[]} written
 * @param {readonly { name: string }[]} flags all flags there ever were, with dashes
 * @throws {SourceError} one line for each error, with its file and line
 */
export async function checkExpressions(root, written, flags) {
  const judgement = join(root, "server/src/judgement");
  const python = join(root, "server/src/python");
  /** @type {typeof import("../../server/src/python/expression")} */
  const { expression, FUNCTION_NAMES } = await loadTypeScript(join(python, "expression.ts"));
  /** @type {typeof import("../../server/src/python/parse-expression")} */
  const { subexpressions } = await loadTypeScript(join(python, "parse-expression.ts"));
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
    "gpu_sm",
  ]);
  /** @param {import("../../server/src/python/parse-expression").Node} node */
  const checkCalls = (node) => {
    if (node.kind === "call" && !FUNCTION_NAMES.includes(node.name))
      throw new SourceError(`there is no function ${node.name}. Known: ${FUNCTION_NAMES.join(", ")}.`);
    if (node.kind === "method" && !METHOD_NAMES.includes(node.name))
      throw new SourceError(`there is no method ${node.name}. Known: ${METHOD_NAMES.join(", ")}.`);
    subexpressions(node).forEach(checkCalls);
  };
  /** @param {import("../../server/src/python/expression").Expression} read */
  const checkNames = ({ names, tree }) => {
    checkCalls(tree);
    const unknown = names.filter((name) => !known.has(name) && !isModelFact(name));
    if (unknown.length > 0) throw new SourceError(`no release has a flag ${unknown.join(", ")}.`);
  };
  /** @param {import("./written-expressions.mjs").Written} written */
  const check = ({ kind, source }) => {
    if (kind === "expression") checkNames(expression(source));
    else if (kind === "flag") checkFlag(source);
    else for (const part of templateParts(source)) if (typeof part !== "string") checkNames(part.value);
  };
  /** @param {string} flag */
  const checkFlag = (flag) => {
    if (!known.has(flag)) throw new SourceError(`no release has a flag ${flag}.`);
  };

  const problems = written.flatMap((one) => {
    try {
      check(one);
      return [];
    } catch (error) {
      return [`${one.file.place(one.keys)}: ${error instanceof Error ? error.message : error}`];
    }
  });
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
}

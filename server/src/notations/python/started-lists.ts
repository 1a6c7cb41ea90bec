/** Lists that Python gives to the system as a command: each element must be a string. */
import { doubleQuoted } from "../../launch/visible-text";
import type { PythonNode } from "../../python/text/python-parser";
import type { NotText, OtherKind } from "../list/not-text";
import type { PythonWord } from "./lists";

const MODULE = "(?:subprocess|sp|os|asyncio)";
const OF_LISTS = "(?:run|call|check_call|check_output|Popen|execvp?e?|spawnvp?e?|posix_spawnp?)";
const OF_WORDS = "(?:execlp?e?|spawnlp?e?|create_subprocess_exec)";

/** The values of a list that are no strings, if it is certain that the list is started as it is. */
export function notTextsOf(root: PythonNode, words: readonly PythonWord[], text: string): NotText[] {
  const found = words.flatMap((word) => notText(word, text));
  return found.length > 0 && isStarted(root, text) ? found : [];
}

function notText({ split, splits, source, span, usedAt }: PythonWord, text: string): NotText[] {
  const kind = kindOfLiteral(source);
  if (split || splits || !kind) return [];
  if (!usedAt) return [{ kind, span, source, asText: kind === "number" ? doubleQuoted(source) : undefined }];
  // A name keeps its value, which something else may need as a number.
  const name = text.slice(usedAt.start, usedAt.end);
  return [{ kind, span: usedAt, source: name, asText: `str(${name})` }];
}

function kindOfLiteral(source: string): OtherKind | undefined {
  if (/^-?\.?\d[\w.]*$/.test(source)) return "number";
  if (/^(?:True|False)$/.test(source)) return "boolean";
  return source === "None" ? "nothing" : undefined;
}

/** Whether a list, or the arguments of a call, goes to a function that starts a program. */
export function isStarted(root: PythonNode, text: string): boolean {
  if (root.name === "CallExpression") return isCallOf(text.slice(root.from, root.to), OF_WORDS, text);
  const call = root.parent?.name === "ArgList" ? root.parent.parent : null;
  if (call?.name === "CallExpression") return isCallOf(text.slice(call.from, call.to), OF_LISTS, text);
  const name = nameOf(root, text);
  // `str` anywhere may convert the elements of a list that has a name.
  if (!name || /\bstr\b|\bmap\b|\bfor\b/.test(text)) return false;
  const uses = new RegExp(`(?:${MODULE}\\.)?\\b${OF_LISTS}\\(\\s*(?:args\\s*=\\s*)?${name}\\s*[,)]`, "g");
  return (text.match(uses) ?? []).some((use) => isCallOf(use, OF_LISTS, text));
}

/** The name that a list is assigned to. */
function nameOf({ parent, from }: PythonNode, text: string): string | undefined {
  if (parent?.name !== "AssignStatement") return undefined;
  return /^\s*([A-Za-z_]\w*)\s*(?::[^=]+)?=\s*$/.exec(text.slice(parent.from, from))?.[1];
}

/** Whether a call is of one of these functions, by its module or by a name that is imported from it. */
function isCallOf(call: string, functions: string, text: string): boolean {
  const name = new RegExp(`^(${MODULE}\\.)?(${functions})\\(`).exec(call);
  if (!name) return false;
  return (
    name[1] !== undefined || new RegExp(`from\\s+${MODULE}\\s+import\\s[^\\n]*\\b${name[2]}\\b`).test(text)
  );
}

/** The call that starts a list or string of words, and when it runs among the others of its file. */
import type { Course, CoursePart } from "../../launch/course";
import type { Names } from "../../python/text/names";
import { calleeOf, elementsOf, type PythonNode, positionalOf } from "../../python/text/python-parser";
import { outerStatementOf, scopeKey, scopeOf, statementOf } from "../../python/text/scopes";

/** Functions that start a program and take its environment as `env=`. */
const STARTS =
  /^(?:run|call|check_call|check_output|Popen|getoutput|create_subprocess_exec|create_subprocess_shell)$/;
/** Those that return while it runs. */
const GOES_ON = /^(?:Popen|create_subprocess_exec|create_subprocess_shell)$/;
/** Functions that pass their words on to the one around them. */
const PASSES_ON = /^(?:split|list|tuple|str|join|format|dedent|strip)$/;

/** The calls that start the words at a node: one, or several where the words have a name. */
export function startsOf(root: PythonNode, names: Names): readonly PythonNode[] {
  const own = callAround(root, names.text);
  if (own) return [own];
  const target = root.parent?.name === "AssignStatement" ? root.parent.firstChild : null;
  if (target?.name !== "VariableName")
    return root.name === "CallExpression" ? callsIn([root], names.text) : [];
  const name = names.text.slice(target.from, target.to);
  const scope = scopeKey(scopeOf(target));
  const found: PythonNode[] = [];
  rootOf(root)
    .cursor()
    .iterate((cursor) => {
      if (cursor.name !== "VariableName" || names.text.slice(cursor.from, cursor.to) !== name) return;
      const call = callAround(cursor.node, names.text);
      if (call && scopeKey(scopeOf(call)) === scope) found.push(call);
    });
  return found;
}

function callsIn(nodes: readonly PythonNode[], text: string): readonly PythonNode[] {
  return nodes.filter((node) => STARTS.test(calleeOf(node, text).name));
}

/** The call that starts the words at a node, if they are its first argument. */
function callAround(node: PythonNode, text: string): PythonNode | undefined {
  let inner = node;
  for (;;) {
    const { parent } = inner;
    if (parent?.name === "ParenthesizedExpression" || parent?.name === "MemberExpression") inner = parent;
    else if (parent?.name === "CallExpression" && PASSES_ON.test(calleeOf(parent, text).name)) inner = parent;
    else if (parent?.name === "ArgList" && parent.parent) {
      const call = parent.parent;
      const { name } = calleeOf(call, text);
      if (!PASSES_ON.test(name)) {
        const isFirst = positionalOf(call)[0]?.node.from === inner.from;
        return isFirst && STARTS.test(name) ? call : undefined;
      }
      inner = call;
    } else return undefined;
  }
}

/** The value of a keyword argument of a call. */
export function keywordOf(call: PythonNode, keyword: string, text: string): PythonNode | undefined {
  const list = call.getChild("ArgList");
  return (list ? elementsOf(list) : []).find(
    (element) => element.keyword && text.slice(element.keyword.from, element.keyword.to) === keyword,
  )?.node;
}

export function rootOf(node: PythonNode): PythonNode {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

const KINDS: Readonly<Record<string, CoursePart["kind"]>> = {
  IfStatement: "branch",
  MatchStatement: "branch",
  TryStatement: "branch",
  ForStatement: "loop",
  WhileStatement: "loop",
  FunctionDefinition: "function",
  ClassDefinition: "function",
};
/** Waits for a process, or ends it. */
const STOPPING = /\.\s*(?:wait|communicate|kill|terminate|join)\s*\(/;

/** When a call runs, among the other statements of its file. */
export function courseOf(call: PythonNode, { text }: Names): Course {
  const parts: CoursePart[] = [];
  const background = GOES_ON.test(calleeOf(call, text).name);
  for (let at: PythonNode | null = statementOf(call); at; at = outerStatementOf(at)) {
    const [before, after] = [
      stoppingBeside(at, "prevSibling", text),
      stoppingBeside(at, "nextSibling", text),
    ];
    const part = { start: at.from, way: 0, background: false, stops: 0, isStopped: false };
    const kind = KINDS[at.name];
    const isBody = parts.length > 0;
    const inner: CoursePart[] =
      isBody && kind ? [{ ...part, kind, way: wayOf(at, parts[0]?.start ?? at.from) }] : [];
    parts.unshift(
      { ...part, kind: "step", background: background && !isBody, stops: before, isStopped: after > 0 },
      ...inner,
    );
  }
  return [{ kind: "script", start: 0, way: 0, background: false, stops: 0, isStopped: false }, ...parts];
}

/** The number of statements before or after one in its block that wait for others, or end them. */
function stoppingBeside(
  statement: PythonNode,
  direction: "prevSibling" | "nextSibling",
  text: string,
): number {
  let count = 0;
  for (let other = statement[direction]; other; other = other[direction])
    if (STOPPING.test(text.slice(other.from, other.to))) count++;
  return count;
}

/** Which of the blocks of a statement holds an offset. */
function wayOf(statement: PythonNode, offset: number): number {
  return statement.getChildren("Body").findIndex(({ from, to }) => from <= offset && offset <= to);
}

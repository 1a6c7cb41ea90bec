/** Visits all simple commands of a script in text order, with the variables that are certain there. */
import { type EnvironmentVariable, spanFrom } from "../../launch/launch";
import { type Embedded, spanInFile } from "../embedded";
import { arithmeticNames, namesSet, type SetPlace } from "./assignments";
import type { Substitution } from "./backquotes";
import { exportedVariable } from "./environment";
import { piecesOf } from "./pieces";
import type { ShellScope, ShellValue } from "./scope";
import type { ArrayValue, Assignment, Command, HereDoc, ShellNode, ShellWord } from "./shell-parser";
import { forEachChild } from "./shell-parser";

export interface CommandVisitor {
  command(command: Command, scope: ShellScope): void;
  /**
   * A here-document of a command; if the delimiter is `quoted`, the shell does not expand the text.
   *
   * @param through the command and those that its pipe leads to, in order: of the last one, `ssh host` in
   * `cat <<EOF | ssh host`, the text is read. Undefined for a block of commands.
   */
  hereDocument(
    document: HereDoc,
    command: Command,
    scope: ShellScope,
    through: readonly (Command | undefined)[],
  ): void;
  /**
   * A text in backquotes, which has an escape more than the shell reads; absent if its launches are of no interest.
   *
   * @param isQuoted whether it is in double quotes
   */
  backquotes?(substitution: Substitution, isQuoted: boolean, command: Command, scope: ShellScope): void;
}

/** Constructs whose body may run or not. */
const CONDITIONAL = new Set(["Subshell", "Coproc"]);
/** Constructs whose body may run any number of times. */
const LOOPS = new Set(["For", "ArithmeticFor", "Select", "While"]);
const DECLARING = new Set(["export", "declare", "local", "readonly", "typeset"]);
/** Visits the script of an embedded text. */
export function visitCommands(
  script: ShellNode,
  embedded: Embedded,
  scope: ShellScope,
  visitor: CommandVisitor,
): void {
  const shell = embedded.text;
  /** The commands of a pipeline from each one on. */
  const pipes = new Map<ShellNode, readonly (Command | undefined)[]>();
  const visit = (node: ShellNode, here: ShellScope): void => {
    const children = (inner: ShellScope) => {
      forEachChild(node, (child) => visit(child as ShellNode, inner));
    };
    if (node.type === "Command") {
      const command = node as Command;
      visitCommand(command, embedded, here, visitor, visit, pipes.get(node) ?? [command]);
    } else if (node.type === "ArithmeticCommand") forgetArithmetic(shell.slice(node.pos, node.end), here);
    else if (node.type === "AndOr") {
      // Commands after `&&` or `||` may run or not; if all operators are `&&`, everything before has run.
      const [first, ...rest] = node.commands;
      if (first) visit(first, here);
      const together = node.operators.every((operator) => operator === "&&");
      for (const run of together ? [rest] : rest.map((command) => [command])) {
        here.branch((inner) => {
          for (const command of run) visit(command, inner);
        });
      }
    } else if (node.type === "Pipeline" && node.commands.length > 1) {
      const commands = node.commands.map((one) => (one.type === "Command" ? (one as Command) : undefined));
      for (const [at, one] of node.commands.entries()) pipes.set(one, commands.slice(at));
      here.branch(children);
    } else if (LOOPS.has(node.type)) {
      here.branch((inner) => {
        // In the second iteration, variables set by the body may have another value at its start.
        for (const [name, growth] of namesSet(node, shell))
          if (growth) inner.growOne(name, growth === "words");
          else inner.forgetOne(name);
        children(inner);
      });
    } else if (node.type === "If") {
      visit(node.clause, here);
      for (const { clause } of node.elif) here.branch((inner) => visit(clause, inner));
      const bodies = [node.then, ...node.elif.map(({ then }) => then), ...(node.else ? [node.else] : [])];
      here.branches(bodies.map((body) => ({ run: (inner) => visit(body, inner) })));
    } else if (node.type === "Case") {
      here.branches(
        alternatives(node.items).map(({ bodies, called }) => ({
          run(inner) {
            for (const body of bodies) visit(body, inner);
          },
          called,
        })),
      );
    } else if (node.type === "Function") here.branch(children, node.name.value);
    else if (CONDITIONAL.has(node.type)) here.branch(children);
    else children(here);
  };
  visit(script, scope);
}

/** A branch of a `case`. */
interface Alternative {
  readonly bodies: readonly ShellNode[];
  readonly called?: string | undefined;
}

/** The branches of `case`; one that ends with `;&` or `;;&` may continue with the next. */
function alternatives(items: Extract<ShellNode, { type: "Case" }>["items"]): Alternative[] {
  const found: Alternative[] = [];
  let bodies: ShellNode[] = [];
  for (const [at, { pattern, body, terminator }] of items.entries()) {
    bodies = [...bodies, body];
    if (terminator && terminator !== ";;" && at < items.length - 1) continue;
    const [only, other] = pattern;
    const called = !other && /^[\w.-]+$/.test(only?.value ?? "") ? only?.value : undefined;
    found.push({ bodies, called });
    bodies = [];
  }
  return found;
}

function forgetArithmetic(text: string, scope: ShellScope): void {
  for (const name of arithmeticNames(text)) scope.forgetOne(name);
}

function visitCommand(
  command: Command,
  embedded: Embedded,
  scope: ShellScope,
  visitor: CommandVisitor,
  visit: (node: ShellNode, scope: ShellScope) => void,
  through: readonly (Command | undefined)[],
): void {
  const shell = embedded.text;
  visitor.command(command, scope);
  for (const redirect of command.redirects) {
    if (redirect.type === "HereDoc") visitor.hereDocument(redirect, command, scope, through);
  }
  forEachChild(command, (child) => {
    visitNested(child as ShellNode, false, scope, {
      script: visit,
      backquotes(substitution, isQuoted) {
        if (shell[substitution.pos] !== "`" || !visitor.backquotes) return false;
        visitor.backquotes(substitution, isQuoted, command, scope.copy());
        return true;
      },
    });
    return undefined;
  });
  const name = command.name?.value;
  const has = (option: RegExp) => command.suffix.some((one) => one.type === "Word" && option.test(one.text));
  const ends = (name === "export" && has(/^-\w*n/)) || (DECLARING.has(name ?? "") && has(/^\+\w*x/));
  const exports = !ends && (name === "export" || (DECLARING.has(name ?? "") && has(/^-\w*x/)));
  const assignments = command.name
    ? command.suffix.filter((one) => one.type === "Assignment" && DECLARING.has(name ?? ""))
    : command.prefix.filter((one) => one.type === "Assignment");
  for (const assignment of assignments as Assignment[]) {
    const own = assign(assignment, embedded, scope);
    if (ends) scope.endExport(assignment.name);
    else if (own && exports) scope.export(exportedVariable(assignment, own, command, embedded));
    else if (own && scope.isExported(assignment.name))
      scope.export(
        withoutPlace(exportedVariable(assignment, valueNow(assignment, own, scope), command, embedded)),
      );
  }
  // Arithmetic, another case of letters, a name for another variable.
  if (DECLARING.has(name ?? "") && has(/^-\w*[ilnu]/)) {
    for (const { name: set, value } of assignments as Assignment[]) {
      scope.forgetOne(set);
      if (value.type === "Word") scope.forgetOne(value.value);
    }
  }
  if (exports) exportNames(command, embedded, scope);
  if (name === "set") setOptions(command, scope);
  if (name === "source" || name === ".") scope.forget();
  if (name === "let") forgetArithmetic(shell.slice(command.pos, command.end), scope);
  if (name === "read" || name === "unset" || name === "mapfile" || name === "readarray") {
    for (const word of command.suffix) {
      if (word.type !== "Word") continue;
      const [set = "", element] = word.value.split("[");
      if (element === undefined) scope.set(set, "unknown");
      else scope.setArray(set, "unknown");
    }
  }
  if (name === "unset" || ends)
    for (const word of command.suffix) if (word.type === "Word") scope.endExport(word.value);
  if (name === ":")
    for (const word of command.suffix) if (word.type === "Word") assignDefaults(word, embedded, scope);
}

interface NestedVisitor {
  script(script: ShellNode, scope: ShellScope): void;
  /** @returns whether it visited what is in the backquotes */
  backquotes(substitution: Substitution, isQuoted: boolean): boolean;
}

/** Visits commands inside words: `$(…)`, `<(…)`. */
function visitNested(node: ShellNode, isQuoted: boolean, scope: ShellScope, visitor: NestedVisitor): void {
  if (node.type === "Script") {
    visitor.script(node, scope.copy());
    return;
  }
  if (node.type === "CommandExpansion" && visitor.backquotes(node, isQuoted)) return;
  const inQuotes = isQuoted || node.type === "DoubleQuoted";
  forEachChild(node, (child) => {
    visitNested(child as ShellNode, inQuotes, scope, visitor);
    return undefined;
  });
}

/** @param set the syntax that sets the variable. */
function heldBy(word: ShellWord, embedded: Embedded, scope: ShellScope, set: SetPlace = word): ShellValue {
  return {
    pieces: piecesOf(word, { embedded, scope }),
    span: spanFrom(word.pos, word.end),
    assigned: spanInFile(embedded, spanFrom(set.pos, set.end)),
    byScript: true,
  };
}

/** Sets a variable; returns the value if it is one. */
function assign(assignment: Assignment, embedded: Embedded, scope: ShellScope): ShellValue | undefined {
  const { name, value, append, index } = assignment;
  if (index) {
    scope.setArray(name, "unknown");
    return undefined;
  }
  if (value.type === "ArrayValue") {
    assignArray(name, value, Boolean(append), embedded, scope);
    return undefined;
  }
  const own = heldBy(value, embedded, scope, assignment);
  if (append && scope.value(name) === "unknown") return undefined;
  if (append) scope.extend(name, own);
  else scope.set(name, own);
  return own;
}

function exportNames(command: Command, embedded: Embedded, scope: ShellScope): void {
  for (const word of command.suffix) {
    if (word.type !== "Word" || !/^[A-Za-z_]\w*$/.test(word.value)) continue;
    const value = scope.value(word.value);
    if (value && value !== "unknown") scope.export(exportedVariable(word, value, command, embedded));
    else scope.markExported(word.value);
  }
}

/** `set -a`, `set +a`, `set -o allexport`; what follows the options are the script's parameters. */
function setOptions({ suffix }: Command, scope: ShellScope): void {
  let before = "";
  for (const word of suffix) {
    const text = word.type === "Word" ? word.text : "";
    const takesName = /^[-+]\w*o$/.test(before);
    if (text === "--" || !(takesName || /^[-+]\w/.test(text))) return;
    if (takesName ? text === "allexport" : /^.\w*a/.test(text))
      scope.exportAll((takesName ? before : text).startsWith("-"));
    before = takesName ? "" : text;
  }
}

/** The value of a variable after an assignment, which may have appended to it. */
function valueNow({ name, append }: Assignment, own: ShellValue, scope: ShellScope): ShellValue {
  const now = append ? scope.value(name) : undefined;
  return now && now !== "unknown" ? now : own;
}

/** A variable that is set again has its value in several places, so that no edit of one of them would do. */
function withoutPlace({ place: _, ...variable }: EnvironmentVariable): EnvironmentVariable {
  return variable;
}

function assignArray(
  name: string,
  value: ArrayValue,
  append: boolean,
  embedded: Embedded,
  scope: ShellScope,
): void {
  if (value.elements.some(({ text }) => /^\[[^\]]*\]\+?=/.test(text))) {
    scope.setArray(name, "unknown");
    return;
  }
  const elements = value.elements.flatMap((element): ShellValue[] => {
    const held = heldBy(element, embedded, scope);
    const nested = held.pieces.length === 1 ? held.pieces[0]?.elements : undefined;
    return nested ? [...nested] : [held];
  });
  if (append) scope.append(name, elements);
  else scope.setArray(name, elements);
}

/** `: "${PORT:=8000}"` sets a variable if it is not set. */
function assignDefaults(word: ShellWord, embedded: Embedded, scope: ShellScope): void {
  const look = (node: ShellNode) => {
    if (node.type === "ParameterExpansion") {
      const { operation, parameter } = node as Extract<ShellNode, { type: "ParameterExpansion" }>;
      if (
        operation?.type === "Default" &&
        operation.operator.endsWith("=") &&
        scope.value(parameter) === undefined
      ) {
        const held = heldBy(operation.operand, embedded, scope, node as SetPlace);
        // An empty default means that the variable may be set.
        const mayBeSet = held.pieces.every(({ known, text }) => known && text === "");
        scope.set(parameter, mayBeSet ? "unknown" : held);
      }
    }
    forEachChild(node, (child) => {
      look(child as ShellNode);
      return undefined;
    });
  };
  look(word as ShellNode);
}

/** Changes of lists that only the whole file shows: in other functions, of attributes, of parts. */
import type { NameEvent } from "./names";
import { calleeOf, childrenOf, type PythonNode, positionalOf } from "./python-parser";
import { FILE, scopeKey, scopeOf, statementOf } from "./scopes";

/** Methods of a list that change it, other than by adding at its end. */
export const CHANGES_IN_PLACE = /^(?:insert|remove|pop|clear|sort|reverse|__setitem__|__delitem__)$/;
/** Functions whose result has the words of their argument, or fills in what is unknown anyway. */
const KEEPS_WORDS =
  /^(?:split|join|list2cmdline|copy|deepcopy|list|tuple|strip|lstrip|rstrip|format|str|map|quote|dedent|cleandoc|run|call|Popen|check_call|check_output)$/;
const PRINTS = /^(?:print|pprint|log\w*|\w*logger|logging)\b/;

/** A comprehension that passes each word on. */
const EACH = /^[[(]\s*(?:[\w.]+\(\s*\w+\s*\)|\w+)\s+for\s+\w+\s+in\s+\w+\s*[\])]$/;

/** Whether a name gets a value that is made of its own: `cmd[:-2]`, `cmd.replace(…)`, `[w for w in cmd if w]`. */
export function isMadeOf(value: PythonNode, target: PythonNode, text: string): boolean {
  const name = text.slice(target.from, target.to);
  if (takesPart(value, name, text)) return true;
  if (/Comprehension/.test(value.name))
    return !EACH.test(text.slice(value.from, value.to)) && mentions(value, name, text);
  if (value.name !== "CallExpression" || !mentions(value, name, text)) return false;
  const { name: called } = calleeOf(value, text);
  const [argument] = positionalOf(value);
  if (/^(?:list|tuple)$/.test(called) && argument)
    return !/^(?:map\(|\w+$)/.test(text.slice(argument.node.from, argument.node.to));
  return !KEEPS_WORDS.test(called);
}

/** Whether an expression has an entry or a part of a name: `cmd[:5]`. */
function takesPart(node: PythonNode, name: string, text: string): boolean {
  let found = false;
  node.cursor().iterate((cursor) => {
    if (cursor.name !== "MemberExpression") return;
    const { node: member } = cursor;
    const list = member.firstChild;
    if (list?.name === "VariableName" && member.getChild("[") && text.slice(list.from, list.to) === name)
      found = true;
  });
  return found;
}

function mentions(node: PythonNode, name: string, text: string): boolean {
  let found = false;
  node.cursor().iterate((cursor) => {
    if (cursor.name === "VariableName" && text.slice(cursor.from, cursor.to) === name) found = true;
  });
  return found;
}

/** The first place that a change of a list concerns: `cmd[0] = …`, `cmd.insert(0, …)`. */
export function placeIn(list: PythonNode, text: string): { readonly from?: number } {
  const member = list.parent;
  if (member?.name !== "MemberExpression" || member.firstChild?.from !== list.from) return {};
  const inner = childrenOf(member).slice(1);
  const isEntry = inner[0]?.name === "[" && inner[2]?.name === "]" && inner[1]?.name === "Number";
  const isAssigned = member.parent?.name === "AssignStatement" || member.parent?.name === "UpdateStatement";
  const call = member.parent?.name === "CallExpression" ? member.parent : undefined;
  const isInsertion = call && calleeOf(call, text).name === "insert";
  const place = isEntry && isAssigned ? inner[1] : isInsertion ? positionalOf(call)[0]?.node : undefined;
  return place?.name === "Number" ? { from: Number(text.slice(place.from, place.to)) } : {};
}

type Scopes = Map<number, Map<string, NameEvent[]>>;

/** Collects the changes of a file that are not of a name in the same function. */
export class OtherChanges {
  readonly members = new Map<string, NameEvent[]>();
  readonly sliced = new Set<string>();
  private readonly calls: PythonNode[] = [];

  constructor(private readonly text: string) {}

  private written({ from, to }: PythonNode): string {
    return this.text.slice(from, to);
  }

  visit(node: PythonNode): void {
    if (node.name === "CallExpression") this.called(node);
    else if (node.name === "UpdateStatement" || node.name === "AssignStatement") this.assigned(node);
    else if (node.name === "DeleteStatement")
      for (const child of childrenOf(node)) this.entryChanged(child, child);
    else if (node.name === "MemberExpression") this.taken(node);
  }

  private record(member: PythonNode | null | undefined, change: NameEvent["change"]): void {
    if (member?.name !== "MemberExpression") return;
    const key = memberKey(this.written(member));
    const events = this.members.get(key) ?? [];
    this.members.set(key, events);
    events.push({ at: member.from, statement: statementOf(member), change });
  }

  private called(call: PythonNode): void {
    const { name, receiver } = calleeOf(call, this.text);
    const [argument, second] = positionalOf(call);
    if (argument) this.calls.push(call);
    if (name === "append" || name === "extend") {
      if (argument && !argument.spread && !second)
        this.record(receiver, { kind: name, value: argument.node });
    } else if (receiver && CHANGES_IN_PLACE.test(name))
      this.record(receiver, { kind: "other", node: receiver, ...placeIn(receiver, this.text) });
  }

  private assigned(statement: PythonNode): void {
    const children = childrenOf(statement);
    const [target] = children;
    const value = children.at(-1);
    if (!target || !value || target.name !== "MemberExpression") return;
    if (statement.name === "UpdateStatement") this.record(target, { kind: "extend", value });
    else if (
      this.written(value)
        .replace(/\s/g, "")
        .startsWith(`${this.written(target).replace(/\s/g, "")}+`)
    )
      this.record(target, { kind: "extend", value });
    else if (this.written(value).includes(this.written(target)))
      this.record(target, { kind: "other", node: target });
    this.entryChanged(target, target);
  }

  /** `self.cmd[4] = …` changes `self.cmd`. */
  private entryChanged(entry: PythonNode, node: PythonNode): void {
    const list = entry.name === "MemberExpression" && entry.getChild("[") ? entry.firstChild : null;
    if (list) this.record(list, { kind: "other", node, ...placeIn(list, this.text) });
  }

  /** Notes `cmd[:-2]` where that is not printed, and not the new value of `cmd`. */
  private taken(member: PythonNode): void {
    const list = member.firstChild;
    if (list?.name !== "VariableName" || !member.getChild(":")) return;
    const statement = statementOf(member);
    const isTarget =
      statement.firstChild && this.written(statement.firstChild).startsWith(this.written(list));
    if (!isTarget && !PRINTS.test(this.written(statement))) this.sliced.add(this.written(list));
  }

  /** Adds to each name what other functions do to its list. */
  addTo(scopes: Scopes): void {
    this.addCalls(scopes);
    for (const names of scopes.values()) addAliases(names, this.text);
    for (const [key, names] of scopes) {
      if (key === FILE) continue;
      for (const [name, events] of names) {
        if (!events.every((event) => isInPlace(event, this.text))) continue;
        const [first] = events;
        const outer = first && outerScope(first.statement, name, scopes);
        outer?.push(...events.map((event): NameEvent => ({ ...event, elsewhere: true })));
      }
    }
  }

  /** `fix(cmd)`, where `fix` is a function of the file that changes a list that it gets. */
  private addCalls(scopes: Scopes): void {
    const changing = changingFunctions(scopes, this.text);
    if (changing.size === 0) return;
    for (const call of this.calls) {
      const added = changing.get(calleeOf(call, this.text).name);
      if (added === undefined) continue;
      for (const { node } of positionalOf(call)) {
        const change = added
          ? ({ kind: "extend", value: call } as const)
          : ({ kind: "other", node: call } as const);
        if (node.name === "MemberExpression") this.record(node, change);
        if (node.name !== "VariableName") continue;
        const events = scopes.get(scopeKey(scopeOf(node)))?.get(this.written(node));
        events?.push({ at: node.from, statement: statementOf(node), change });
        events?.sort((a, b) => a.at - b.at);
      }
    }
  }
}

/** `other = cmd`: what changes one of the two lists changes both. */
function addAliases(names: Map<string, NameEvent[]>, text: string): void {
  for (const [name, events] of names) {
    const [first] = events;
    if (first?.change.kind !== "assign" || first.change.value.name !== "VariableName") continue;
    const { from, to } = first.change.value;
    const origin = text.slice(from, to);
    const changes = events.filter((event) => isInPlace(event, text));
    if (origin === name || changes.length === 0) continue;
    names.get(origin)?.push(...changes);
    names.get(origin)?.sort((a, b) => a.at - b.at);
  }
}

/** How an attribute or entry is written, in one way. */
export function memberKey(written: string): string {
  return written.replace(/\s+/g, "").replaceAll("'", '"');
}

/** Whether an event changes a list and binds no name. */
function isInPlace({ at, change }: NameEvent, text: string): boolean {
  if (change.kind === "append") return true;
  if (change.kind === "extend") return /^\w+\s*\.\s*extend\b/.test(text.slice(at, at + 200));
  return change.kind === "other" && change.node.parent?.name === "MemberExpression";
}

/** The events of a name in the nearest function around a statement, or in the file, that binds it. */
function outerScope(statement: PythonNode, name: string, scopes: Scopes): NameEvent[] | undefined {
  for (let scope = scopeOf(statement); scope; ) {
    if (scope.name === "Script") return undefined;
    scope = scopeOf(scope);
    const events = scopes.get(scopeKey(scope))?.get(name);
    if (events?.some(({ change }) => change.kind === "assign")) return events;
  }
  return undefined;
}

/** The functions that change a list that they get; `true` if they only add to it. */
function changingFunctions(scopes: Scopes, text: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [key, names] of scopes) {
    if (key === FILE) continue;
    for (const events of names.values()) {
      const isParameter = events.some(
        ({ change }) => change.kind === "other" && change.node.parent?.name === "ParamList",
      );
      const changed = events.filter((event) => isInPlace(event, text) || event.change.kind === "extend");
      const [first] = changed;
      const scope = first && scopeOf(first.statement);
      const own = scope?.name === "FunctionDefinition" ? scope.getChild("VariableName") : null;
      if (!isParameter || !own) continue;
      const name = text.slice(own.from, own.to);
      const onlyAdds = changed.every(({ change }) => change.kind !== "other");
      found.set(name, onlyAdds && (found.get(name) ?? true));
    }
  }
  return found;
}

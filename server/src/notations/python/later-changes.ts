/** What becomes of the words of a launch before it starts: they are added to, or changed in a way that is not followed. */
import { spanFrom } from "../../launch/launch";
import type { StringPiece, Text } from "../../python/text/literals";
import type { NameEvent, Names } from "../../python/text/names";
import { memberKey } from "../../python/text/other-changes";
import { childrenOf, type PythonNode } from "../../python/text/python-parser";
import { scopeOf } from "../../python/text/scopes";
import { eventsAfter, eventsOfValue } from "../../python/text/value-flow";
import { addedText, blankAt } from "./added";
import { unknownText } from "./evaluate-strings";
import { afterChange, changedWords, type PythonWord, unknownArguments } from "./lists";
import { startsOf } from "./started-by";

/** The words of a list at a node after all changes of it. */
export function withLaterChanges(words: readonly PythonWord[], node: PythonNode, names: Names): PythonWord[] {
  const assigned = eventsOfValue(names, node);
  if (!assigned) return withMemberChanges(words, node, names);
  const { first } = assigned;
  const name = nameOf(first, names);
  const events = beforeStart(assigned.events, node, names);
  const changed = changedWords(words, events, first, Number.POSITIVE_INFINITY, names);
  return names.isSliced(name) ? unknownArguments(changed, first.statement, names) : changed;
}

/** The text of a string at a node with what is added to it, or with unknown arguments. */
export function withLaterText(text: Text, node: PythonNode, names: Names): readonly Text[] {
  const assigned = eventsOfValue(names, node);
  if (!assigned) return [text];
  const events = beforeStart(assigned.events, node, names);
  const changes = eventsAfter(events, assigned.first, Number.POSITIVE_INFINITY);
  const [other] = changes.flatMap(({ event: { change } }) => (change.kind === "other" ? [change.node] : []));
  const cut = (other && withoutArguments(text, other)) ?? text;
  return [cut, ...addedText(assigned.events, assigned.first, names)];
}

/** The events without changes after the last call that starts the words, which do not concern it. */
function beforeStart(events: readonly NameEvent[], node: PythonNode, names: Names): readonly NameEvent[] {
  const start = startsOf(node, names).at(-1);
  if (!start) return events;
  return events.filter(
    ({ at, change, elsewhere }) => change.kind !== "other" || elsewhere || at < start.from,
  );
}

function nameOf({ at }: NameEvent, { text }: Names): string {
  return /^\w*/.exec(text.slice(at))?.[0] ?? "";
}

/** The words of `self.cmd = […]` or `{"a": […]}` after the changes that name that place. */
function withMemberChanges(words: readonly PythonWord[], node: PythonNode, names: Names): PythonWord[] {
  const key = placeOf(node, names.text);
  const events = key === undefined ? [] : (names.members.get(key) ?? []);
  return events
    .filter(({ statement }) => classOf(statement) === classOf(node))
    .reduce((changed, { change }) => afterChange(changed, change, true, names), [...words]);
}

/** How the place is written that a value is put into: an attribute, or the entry of a dictionary with a name. */
function placeOf(node: PythonNode, text: string): string | undefined {
  let [inner, keys] = [node, ""];
  for (let { parent } = node; parent; { parent } = inner) {
    if (parent.name === "DictionaryExpression") {
      const key = childrenOf(parent).findLast(({ name, to }) => name !== ":" && to <= inner.from);
      if (key?.name !== "String") return undefined;
      keys = `[${text.slice(key.from, key.to)}]${keys}`;
    } else if (parent.name === "AssignStatement") {
      const target = parent.firstChild;
      return target && target.from !== inner.from
        ? memberKey(text.slice(target.from, target.to) + keys)
        : undefined;
    } else if (parent.name !== "ParenthesizedExpression") return undefined;
    inner = parent;
  }
  return undefined;
}

/** Where the class around a node begins. */
function classOf(node: PythonNode): number | undefined {
  let scope = scopeOf(node);
  while (scope && scope.name !== "ClassDefinition") scope = scopeOf(scope);
  return scope?.from;
}

const MODULE = /lightllm[./\\]server[./\\]api_server(?:\.py)?/;

/** A text up to the module, and an unknown rest. */
function withoutArguments(text: Text, change: PythonNode): Text | undefined {
  const at = text.pieces.findIndex((piece) => piece.known && MODULE.test(piece.text));
  const piece = text.pieces[at];
  const found = piece?.known ? MODULE.exec(piece.text) : null;
  if (!piece?.known || !found) return undefined;
  const length = found.index + found[0].length;
  const end = piece.offsets[length] ?? piece.end;
  const program: StringPiece = {
    ...piece,
    text: piece.text.slice(0, length),
    offsets: piece.offsets.slice(0, length),
    end,
  };
  const pieces = [
    ...text.pieces.slice(0, at),
    program,
    ...blankAt(end).pieces,
    ...unknownText(change).pieces,
  ];
  return { ...text, pieces, span: spanFrom(text.span.start, end) };
}

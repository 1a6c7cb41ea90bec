/** Finds the launches in a Python file: lists of words, and strings for a shell. */
import { argumentsIn, partsAfter } from "../../launch/command-line";
import {
  type Argument,
  type EnvironmentVariable,
  type Launch,
  type LaunchFile,
  type Span,
  spanFrom,
  type TextProblem,
  type VariableForm,
  type Word,
  withProblems,
} from "../../launch/launch";
import { withoutMark } from "../../launch/lines";
import { emptySite } from "../../launch/site";
import type { Text } from "../../python/text/literals";
import { type Names, namesOf } from "../../python/text/names";
import {
  calleeOf,
  childrenOf,
  elementsOf,
  type PythonNode,
  parseBounded,
  positionalOf,
} from "../../python/text/python-parser";
import { eventsAt } from "../../python/text/value-flow";
import { placesOfVariables, readAssigned } from "../assigned";
import { KEEPS_ALL, listEdits, literallyPassed, shellNeeded, signAmong } from "../list/needs-shell";
import { notTextProblem } from "../list/not-text";
import { elementsWithSpace, joinedElements, unsplitCommand } from "../list/problems";
import type { PlacedText } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { HERE, invocationOf } from "../read-invocation";
import { imageInList } from "../shell/script-pins";
import { inStretches } from "../stretches";
import { joinedText } from "./added";
import { examplesIn, findInDocstring } from "./docstrings";
import { stringOf } from "./evaluate-strings";
import { asOneText, findInText } from "./in-text";
import { withLaterChanges, withLaterText } from "./later-changes";
import { asData, elementWords, listOf, type PythonWord } from "./lists";
import { environmentAround } from "./program-environment";
import { eachOnce, isPartOf, type ListLaunch, ofTexts } from "./same-words";
import { courseOf, startsOf } from "./started-by";
import { isStarted, notTextsOf } from "./started-lists";
import { pythonTraits } from "./traits";

/** The module, also misspelt, or its file. */
const MODULE = /lightllm[./\\\w-]*api/;

/** The launches of a text. @throws BeyondBounds */
export function findInPython(text: string): LaunchFile {
  const nothing = { notation: pythonTraits, text, launches: [], problems: [] } as const;
  if (!mayHoldLaunch(text) || !MODULE.test(text)) return nothing;
  const python = withoutMark(text);
  const root = parseBounded(python);
  return { ...nothing, ...search(root, namesOf(root, python, joinedText)) };
}

function search(root: PythonNode, names: Names) {
  const lists: ListLaunch[] = [];
  const launches: Launch[] = [];
  const problems: TextProblem[] = [];
  const visit = (node: PythonNode): void => {
    if (isAddedToItself(node, names)) return;
    const words = wordsAt(node, names);
    const start = words && argumentsStart(words);
    if (words && start !== undefined) {
      lists.push({ root: node, words, start });
      return;
    }
    const found = textAt(node, names);
    if (found) {
      const isShown = node.parent?.name === "ExpressionStatement";
      const unsplit = isShown ? undefined : unsplitAt(node, names);
      const own = found.launches.map((one) => (isShown ? one : surrounded(one, node, names)));
      launches.push(
        ...(unsplit ? own.map((one) => withProblems(one, [...(one.problems ?? []), unsplit])) : own),
      );
      problems.push(...found.problems);
      return;
    }
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
  };
  visit(root);
  const each = eachOnce(lists, launches);
  const found = [...ofTexts(each.launches), ...listLaunches(each.lists, names)];
  return { launches: found.sort((a, b) => a.span.start - b.span.start), problems };
}

/** `cmd = cmd + […]`: the value belongs to the launch that the name has from before. */
function isAddedToItself(node: PythonNode, names: Names): boolean {
  const target = node.parent?.name === "AssignStatement" ? node.parent.firstChild : null;
  if (target?.name !== "VariableName" || target.from === node.from) return false;
  return eventsAt(names, target).events.some(
    ({ at, change }) => at === target.from && change.kind === "extend",
  );
}

const LISTS = new Set(["ArrayExpression", "TupleExpression", "BinaryExpression", "CallExpression"]);

/** The words at a node that may be a whole launch in list form. */
function wordsAt(node: PythonNode, names: Names): PythonWord[] | undefined {
  if (!LISTS.has(node.name) || !mayLeadToLaunch(node, names)) return undefined;
  const words =
    node.name === "CallExpression"
      ? (listOf(node, names) ?? elementWords(positionalOf(node), names))
      : listOf(node, names);
  return words && withLaterChanges(words, node, names);
}

/** Whether an expression contains the module, directly or as the value of a name. */
function mayLeadToLaunch(node: PythonNode, names: Names): boolean {
  if (MODULE.test(names.text.slice(node.from, node.to))) return true;
  const holds = ({ name, from, to }: PythonNode) =>
    name === "VariableName" && names.holdsModule(names.text.slice(from, to));
  let list = node.name === "CallExpression" ? node.getChild("ArgList") : node;
  while (list) {
    const children = childrenOf(list);
    if (children.some((child) => partsOfText(child, names).some(holds))) return true;
    // `a + b + c` is `(a + b) + c`.
    list = children[0]?.name === "BinaryExpression" ? children[0] : null;
  }
  return false;
}

/** A node, and what it puts into a string: the arguments of `" ".join(cmd)`, `cmd` in `f"{cmd} …"`. */
function partsOfText(node: PythonNode, { text }: Names): PythonNode[] {
  if (node.name === "FormatReplacement")
    return [node, ...childrenOf(node).flatMap((inner) => [inner, ...argumentsOfJoin(inner, text)])];
  return [node, ...argumentsOfJoin(node, text)];
}

function argumentsOfJoin(node: PythonNode, text: string): PythonNode[] {
  const isJoin = node.name === "CallExpression" && calleeOf(node, text).name === "join";
  return isJoin ? positionalOf(node).map(({ node: argument }) => argument) : [];
}

const TEXTS = new Set(["String", "FormatString", "ContinuedString", "BinaryExpression", "CallExpression"]);

/** The launches in the string at a node; `undefined` if the string does not contain LightLLM. */
function textAt(node: PythonNode, names: Names) {
  if (!TEXTS.has(node.name) || !mayLeadToLaunch(node, names)) return undefined;
  const text = stringOf(node, names);
  if (!text) return undefined;
  if (node.parent?.name === "ExpressionStatement") return docstringAt(text, names);
  return findInText(withLaterText(text, node, names), node, names);
}

/** A string that is a statement documents what is around it. */
function docstringAt(text: Text, names: Names) {
  const docstring = asOneText([text], names);
  const found = findInDocstring(docstring, names.text);
  const examples = examplesIn(docstring, names.text);
  const more = examples === undefined ? undefined : findInPython(examples);
  return {
    launches: [...found.launches, ...(more?.launches ?? [])],
    problems: [...found.problems, ...(more?.problems ?? [])],
  };
}

/** One launch for each list. If several begin with the same list, the shared words are marked as written elsewhere. */
function listLaunches(lists: readonly ListLaunch[], names: Names) {
  const { text } = names;
  const moduleOf = ({ words, start }: ListLaunch) => words[start - 1]?.span.start;
  const distinct = lists.filter((one, at) => {
    return !lists.some(
      (other, index) => index !== at && moduleOf(other) === moduleOf(one) && isPartOf(one, other, index < at),
    );
  });
  return distinct.map((one) => {
    const shared = distinct.some((other) => other !== one && moduleOf(other) === moduleOf(one));
    const launch = surrounded(launchOf(one, shared, text), one.root, names);
    const elements = one.words.slice(one.start).filter(({ split, splits }) => !split && !splits);
    const notTexts = notTextsOf(one.root, one.words, text).map(notTextProblem);
    const shells = withoutShell(one, elements, text);
    const spaces = [...joinedElements(one.words, text), ...elementsWithSpace(text, launch, elements)];
    return withProblems(launch, [...shells, ...spaces, ...notTexts]);
  });
}

/** A whole command in one element of a list that Python starts as it is. */
function unsplitAt({ parent, from }: PythonNode, names: Names): TextProblem | undefined {
  const { text } = names;
  if (parent?.name !== "ArrayExpression" || elementsOf(parent)[0]?.node.from !== from) return undefined;
  if (!isStarted(parent, text) || /shell\s*=|expand(?:vars|user)/.test(text)) return undefined;
  const words = elementWords(elementsOf(parent), names);
  return words.some(({ usedAt, splits }) => usedAt !== undefined || splits)
    ? undefined
    : unsplitCommand(text, words.map(asData), "python", false);
}

/** What only a shell would understand, in a list that Python starts as it is. */
function withoutShell({ root, words, start }: ListLaunch, elements: readonly PythonWord[], text: string) {
  const isPlain = words.every(({ split, splits }) => !split && !splits);
  if (!isPlain || !isStarted(root, text) || /shell\s*=|expand(?:vars|user)/.test(text)) return [];
  const all = words.map(asData);
  const isHere = words[0] !== undefined && words[0].usedAt === undefined;
  // `execvp` takes the program apart from its words, the first of which is only a name.
  const hasProgram = /\b(?:exec|spawn|posix_spawn)[lv]?p?e?\(/.test(text);
  const first = hasProgram ? undefined : shellNeeded(all.slice(0, start), listEdits(text, "python", isHere));
  const sign = first ? undefined : signAmong(all.slice(start));
  const shells = [first, sign].filter((one) => one !== undefined);
  return [...shells, ...literallyPassed(elements.map(asData), KEEPS_ALL)];
}

function launchOf({ root, words, start }: ListLaunch, shared: boolean, text: string): Launch {
  const own = ownSpan(root);
  const all = words.slice(start).map(asData);
  const isOwn = (span: Span) => own.start <= span.start && span.end <= own.end;
  const isSplit = words.every(({ split }) => split);
  const quoting = words[0]?.value?.quoting ?? [];
  const placed = inStretches(
    all.map((word) => ({ word, at: word.span })),
    text,
  );
  const { arguments: given, ...others } = argumentsIn(placed);
  const args = given.map((argument): Argument => {
    return shared && !isOwn(argument.flagSpan) ? { ...argument, inherited: true } : argument;
  });
  return {
    notation: pythonTraits,
    form: isSplit ? { kind: "shell", quoting } : { kind: "list", style: "python" },
    span: own,
    invocation: invocationOf(words.map(asData), start, HERE, own.start),
    arguments: args,
    ...others,
    environment: environmentIn(words.slice(0, start), text),
    ...pinsIn(words.slice(0, start)),
  };
}

/** A launch with the environment around it, unless it runs elsewhere. */
function surrounded(launch: Launch, root: PythonNode, names: Names): Launch {
  const { invocation, environment } = launch;
  if (invocation?.place.kind !== "here") return launch;
  const { variables, hasOthers } = environmentAround(root, names);
  const [call, other] = startsOf(root, names);
  const site = hasOthers ? { ...emptySite("job", root.from), hasUnknownVariables: true } : undefined;
  return {
    ...launch,
    environment: [...variables, ...environment],
    ...(site && { invocation: { ...invocation, site } }),
    ...(call && !other && { course: courseOf(call, names) }),
  };
}

/** The image in a list such as `["docker", "run", …]`. */
function pinsIn(words: readonly PythonWord[]) {
  const pin = imageInList(words.map(readElement));
  return pin && { pins: [pin] };
}

function readElement({ text = "", source, span }: PythonWord): PlacedText {
  const at = source.indexOf(text);
  if (at < 0) return { text, spanOf: () => span };
  return { text, spanOf: (start, end) => spanFrom(span.start + at + start, span.start + at + end) };
}

/** The span of a list with its brackets; of a tuple or call, its elements; of anything else, the whole node. */
function ownSpan(node: PythonNode): Span {
  const list = node.name === "CallExpression" ? node.getChild("ArgList") : node;
  if (list?.name !== "ArgList" && list?.name !== "TupleExpression") return spanFrom(node.from, node.to);
  const elements = elementsOf(list).filter(({ keyword }) => !keyword);
  return spanFrom(elements[0]?.node.from ?? node.from, elements.at(-1)?.node.to ?? node.to);
}

/** `env NAME=value` before the program. */
function environmentIn(words: readonly PythonWord[], file: string): EnvironmentVariable[] {
  const places = placesOfVariables(words.map(({ text, knownStart }) => text ?? knownStart ?? ""));
  return words.flatMap((word, at) => environmentOf(word, places.has(at), file));
}

function environmentOf(
  { text, knownStart, span, source, split, value: written, parts }: PythonWord,
  isVariable: boolean,
  file: string,
): EnvironmentVariable[] {
  const read = readAssigned(text ?? knownStart ?? "", isVariable);
  if (!read) return [];
  const { whole, name } = read;
  const option = whole.slice(0, whole.length - name.length - 1);
  if (text === undefined) {
    const after = parts && partsAfter(parts, whole.length);
    const value = { text: undefined, span, source, ...(after && { parts: after }) };
    return [{ name, nameSpan: span, value }];
  }
  const at = file.indexOf(`${name}=`, span.start + option.length);
  if (at < 0 || at >= span.end)
    return isVariable
      ? [{ name, nameSpan: span, value: { text: text.slice(whole.length), span, source } }]
      : [];
  const value = text.slice(whole.length);
  const from = at + name.length + 1;
  const to = Math.min(span.end, from + value.length);
  const word: Word = {
    text: value,
    span: spanFrom(from, to),
    source: source.slice(from - span.start, to - span.start),
  };
  const isLiteral = /^[A-Za-z]?["']/.test(source) && option === "";
  const form: VariableForm | undefined = split
    ? { kind: "word", quoting: written?.quoting ?? [] }
    : isLiteral
      ? { kind: "element" }
      : undefined;
  return [
    {
      name,
      nameSpan: spanFrom(at, at + name.length),
      value: word,
      ...(form && { place: { form, span } }),
    },
  ];
}

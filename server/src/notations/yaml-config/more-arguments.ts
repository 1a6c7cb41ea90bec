/** `x-arguments`: words of the command line that have no key, in shell syntax: `"$@"`, `$EXTRA_ARGS`. */
import { isScalar, type ParsedNode, Scalar } from "yaml";
import { NOT_CHECKED } from "../../launch/bounds";
import { argumentsOf } from "../../launch/command-line";
import { type Argument, type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { onOneLine } from "../../launch/visible-text";
import { type Embedded, HOLE, spanInFile } from "../embedded";
import { beyondWords } from "../shell/beyond-words";
import { findInShell } from "../shell/find";
import { decodeScalar, scalarQuoting } from "../yaml-text/decode";
import { readScalar, sourceOf, spanOf } from "../yaml-text/nodes";
import { shellText } from "../yaml-text/shell-text";
import type { YamlDocument } from "../yaml-text/stream";
import { templateLines } from "../yaml-text/template-lines";
import { shapeProblem } from "./problems";
import { yamlTraits } from "./traits";

/** The key; it begins with `x-`, so that other readers ignore it. */
export const MORE_ARGUMENTS = "x-arguments";

interface MoreArguments {
  readonly arguments: readonly Argument[];
  readonly problems: readonly TextProblem[];
}

const NOTHING: MoreArguments = { arguments: [], problems: [] };

/** Whether a key is this one; further ones are numbered, `x-arguments-2`, because keys are unique. */
export function holdsMoreArguments(key: string): boolean {
  return /^x-arguments(?:-\d+)?$/.test(key);
}

/** The arguments in the value of the key. Fixes do not change them. */
export function moreArguments(value: ParsedNode | null, document: YamlDocument): MoreArguments {
  if (value === null) return NOTHING;
  if (!isScalar(value) || typeof value.source !== "string")
    return { arguments: [], problems: [shapeProblem.argumentsAreNoText(spanOf(value, document))] };
  const scalar = value as Scalar.Parsed;
  if (readScalar(scalar).kind === "null") return NOTHING;
  const { decoded, holes } = shellText(decodeScalar(scalar, document), document, templateLines(document));
  const words: Embedded = { ...decoded, quoting: scalarQuoting(scalar), ...(holes && { holes }) };
  const { launches, problems } = findInShell(words, yamlTraits, { holds: "after-program" });
  const notChecked = problems.filter(({ code }) => code === NOT_CHECKED);
  if (notChecked.length > 0)
    return { arguments: anyArguments(scalar, document, "shell"), problems: notChecked };
  const beyond = beyondWords(words.text);
  return {
    arguments: (launches[0]?.arguments ?? []).map(asWord),
    problems: beyond ? [beyondProblem(beyond, words, blockHeader(scalar, document))] : [],
  };
}

/** Nothing reads a config with a shell, so a further command would be dropped. */
function beyondProblem({ start, end }: Span, words: Embedded, header: Span | undefined): TextProblem {
  const span = spanInFile(words, spanFrom(start, end));
  const isNextLine = /\n\s*$/.test(words.text.slice(0, start)) && /^[^;&|<>()]/.test(words.text.slice(start));
  if (isNextLine) return shapeProblem.nextLine(span, header);
  return shapeProblem.noArgument(span, onOneLine(words.text.slice(start, end).replaceAll(HOLE, "…")));
}

/** The `|` of a block scalar. */
function blockHeader({ type, range }: Scalar.Parsed, { start }: YamlDocument): Span | undefined {
  return type === Scalar.BLOCK_LITERAL ? spanFrom(start + range[0], start + range[0] + 1) : undefined;
}

/** An argument that is not a key of the mapping; a second one does not replace the first. */
function asWord(argument: Argument): Argument {
  return { ...argument, written: argument.flag, inherited: true };
}

/** An unknown number of unknown words, which a shell or a template engine makes of a scalar. */
export function anyArguments(
  scalar: Scalar.Parsed,
  document: YamlDocument,
  language: "shell" | "template",
): Argument[] {
  const span = spanOf(scalar, document);
  const source = sourceOf(span, document);
  const part = { kind: "open", from: "expression", language, source, span } as const;
  return argumentsOf([{ text: undefined, span, source, splits: true, parts: [part] }]).map(asWord);
}

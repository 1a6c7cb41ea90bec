/** Programs between a here-document and the shell that reads it: `sed`, `envsubst`. What they may replace is unknown. */
import { type Span, spanFrom } from "../../launch/launch";
import { rememberedFor } from "../../launch/remembered";
import { type Embedded, FILLER, HOLE, spanInFile } from "../embedded";
import { type Command, forEachChild, type ShellNode, type ShellWord } from "./shell-parser";

/** Programs that pass a text on as it is. */
const PASSES = /^(?:cat|tee|pv)$/;
/** Programs that replace parts of a text, also as the last of a pipe: they write a file. */
const REPLACES = /^(?:g?sed|envsubst|tr|[gm]?awk|perl|ruby|m4|j2|jinja2?|gomplate|sd)$/;
/** `$PORT` and `${PORT}`, as envsubst reads them. */
const REFERENCE = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/g;
/** The end of the name of LightLLM's program. */
const PROGRAM = /lightllm[./]\S*/;
/** What is before it in the same word, the option and the interpreter; names are shorter than this. */
const BEFORE_PROGRAM = /(?:\S+[ \t]+)?(?:-m[ \t]*)?[\w./-]*$/;
const LONGEST_BEFORE = 200;

/**
 * The text of a here-document with a hole for each part that another program may replace before a shell reads it.
 *
 * @param through the commands of the pipe from the one with the document, in order; undefined for blocks.
 */
export function withFiltered(
  body: Embedded,
  through: readonly (Command | undefined)[],
  script: ShellNode,
): Embedded {
  const commands = [...through, ...filtersOfFile(script, through.at(-1))];
  const holes = new Map(body.holes);
  let { text } = body;
  for (const [at, command] of commands.entries()) {
    const name = nameOf(command);
    const isBetween = at < through.length - 1;
    if (!REPLACES.test(name) && (!isBetween || PASSES.test(name))) continue;
    let [made, from] = ["", 0];
    for (const own of replacedIn(text, name, command, body)) {
      const span = spanInFile(body, own);
      const source = body.text.slice(own.start, own.end);
      holes.set(span.start, { from: "expression", language: "template", source, span });
      made += text.slice(from, own.start) + HOLE + FILLER.repeat(own.end - own.start - 1);
      from = own.end;
    }
    text = made + text.slice(from);
  }
  return { ...body, text, holes };
}

/** The commands of a script that may replace parts of a file that a command writes: `sed -i s/a/b/ run.sh`. */
function filtersOfFile(script: ShellNode, writer: Command | undefined): readonly Command[] {
  const written = writer ? filesOf(writer, /^>/) : [];
  return written.flatMap((file) => filtersByFile(script).get(file) ?? []);
}

const filtersByFile = rememberedFor((script: ShellNode) => {
  const found = new Map<string, Command[]>();
  const visit = (node: ShellNode): void => {
    if (node.type === "Command") {
      const command = node as Command;
      if (REPLACES.test(nameOf(command))) {
        const words = command.suffix.flatMap((one) => (one.type === "Word" ? [one.value] : []));
        for (const file of new Set([...words, ...filesOf(command, /^<$/)]))
          found.set(file, [...(found.get(file) ?? []), command]);
      }
    }
    forEachChild(node, (child) => visit(child as ShellNode));
  };
  visit(script);
  return found;
});

/** The files of redirections with such an operator. */
function filesOf({ redirects }: Command, operator: RegExp): string[] {
  return redirects.flatMap((one) =>
    operator.test(one.operator) && "target" in one && one.target ? [one.target.value] : [],
  );
}

function nameOf(command: Command | undefined): string {
  return command?.name?.value.split("/").at(-1) ?? "";
}

/** The parts of a text that a program may replace. */
function replacedIn(text: string, name: string, command: Command | undefined, body: Embedded): Span[] {
  // The script's own shell expands references before envsubst sees them.
  if (name === "envsubst") return body.expands ? [] : matchesIn(text, REFERENCE);
  const signs = command && /^g?sed$/.test(name) ? replacedBySed(command) : undefined;
  if (!signs) return wordsAroundProgram(text);
  const found = signs.flatMap((sign) => matchesIn(text, sign)).sort((a, b) => a.start - b.start);
  return found.filter(({ start }, at) => start >= Math.max(0, ...found.slice(0, at).map(({ end }) => end)));
}

function matchesIn(text: string, sign: RegExp): Span[] {
  return [...text.matchAll(sign)]
    .filter(([whole]) => whole !== "" && !whole.includes(HOLE) && !whole.includes(FILLER))
    .map(({ index, 0: whole }) => spanFrom(index, index + whole.length));
}

/** All words but the interpreter and LightLLM's program. */
function wordsAroundProgram(text: string): Span[] {
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
    const program = PROGRAM.exec(line);
    const at = program?.index ?? 0;
    const before = BEFORE_PROGRAM.exec(line.slice(Math.max(0, at - LONGEST_BEFORE), at))?.[0].length ?? 0;
    const kept = spanFrom(at - before, program ? at + program[0].length : at - before);
    return [...line.matchAll(/(?:(?!\\\r?$)\S)+/g)]
      .map((word) => spanFrom(word.index, word.index + word[0].length))
      .filter((word) => word.end <= kept.start || word.start >= kept.end)
      .map((word) => spanFrom(index + word.start, index + word.end));
  });
}

/** The patterns of `s/…/…/` commands; undefined if sed may do anything else. */
function replacedBySed({ suffix }: Command): RegExp[] | undefined {
  const words = suffix.filter((one): one is ShellWord => one.type === "Word");
  const isExtended = words.some(({ value }) => /^-\w*[Er]/.test(value));
  const isGiven = words.some(({ value }) => /^-\w*e$/.test(value));
  const scripts = words.filter(({ value }, at) =>
    isGiven
      ? /^-\w*e$/.test(words[at - 1]?.value ?? "")
      : at === words.findIndex((one) => !/^-./.test(one.value)) && value !== "",
  );
  const signs = scripts.flatMap((word) => (isPlain(word) ? signsIn(word.value, isExtended) : [undefined]));
  return signs.length > 0 && signs.every((one) => one !== undefined) ? signs : undefined;
}

/** Whether the shell expands nothing in a word. */
function isPlain({ text }: ShellWord): boolean {
  return !/[$`\\]/.test(text) || /^'[^']*'$/.test(text);
}

/** A command `s/…/…/` of sed, and what ends it. */
const SUBSTITUTION = /^s([^\\\s\w])((?:(?!\1)[^\\\n])+)\1(?:(?!\1)[^\n])*?\1([gpIi\d]*)[ \t]*(?:[;\n]\s*|$)/;

/** What each `s` command replaces, undefined for one whose pattern is not plain text. */
function signsIn(script: string, isExtended: boolean): (RegExp | undefined)[] {
  const signs: (RegExp | undefined)[] = [];
  for (let rest = script.trim(); rest !== ""; ) {
    const [whole, , pattern = "", flags = ""] = SUBSTITUTION.exec(rest) ?? [];
    const isLiteral = !(isExtended ? /[[\]*^$+?|(){}]/ : /[[\]*^$]/).test(pattern);
    if (whole === undefined || !isLiteral) return [undefined];
    signs.push(new RegExp(pattern.replace(/[+?|(){}/]/g, "\\$&"), /i/i.test(flags) ? "gi" : "g"));
    rest = rest.slice(whole.length);
  }
  return signs;
}

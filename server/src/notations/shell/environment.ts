/** The environment variables that shell commands set, and how each is written. */
import type { CommandWord } from "../../launch/command-line";
import { type EnvironmentVariable, spanFrom, type VariablePlace } from "../../launch/launch";
import { assignedIn } from "../assigned";
import { type Embedded, spanInFile, toFile } from "../embedded";
import type { ShellValue } from "./scope";
import type { Assignment, Command, ShellWord } from "./shell-parser";
import { originsOfPieces, type WordContext } from "./word-piece";
import { partsOf, shellWords, sourceIn } from "./words";

/** Variables of a launch: exported before it, `NAME=value` before it, `env NAME=value`. */
export function environmentOf(
  command: Command,
  before: readonly CommandWord[],
  reading: WordContext,
): readonly EnvironmentVariable[] {
  const own = [...prefixVariables(command, reading), ...environmentWords(command, before, reading.embedded)];
  const exported = reading.scope.exported();
  if (own.length === 0) return exported;
  const names = new Set(own.map(({ name }) => name));
  return [...exported.filter(({ name }) => !names.has(name)), ...own];
}

/** `NAME=value` before a command. */
function prefixVariables({ name: program, prefix }: Command, reading: WordContext): EnvironmentVariable[] {
  const { embedded } = reading;
  return prefix.flatMap((assignment, at): EnvironmentVariable[] => {
    if (assignment.type !== "Assignment" || assignment.value.type !== "Word") return [];
    const { name, pos, end, value, append } = assignment;
    const [word] = shellWords(value, reading);
    const empty = { text: "", span: spanInFile(embedded, spanFrom(value.pos, value.end)), source: "" };
    const nextStart = prefix[at + 1]?.pos ?? program?.pos;
    const place: VariablePlace = {
      form: formIn(embedded, "prefix"),
      span: spanInFile(embedded, spanFrom(pos, end)),
      ...(nextStart !== undefined && { nextStart: toFile(embedded, nextStart) }),
    };
    return [
      {
        name,
        nameSpan: spanInFile(embedded, spanFrom(pos, pos + name.length)),
        value: word ?? empty,
        ...(!append && { place }),
      },
    ];
  });
}

/** The variable that a part of `export` or `declare` exports, with its value here or from before. */
export function exportedVariable(
  part: Assignment | ShellWord,
  value: ShellValue,
  command: Command,
  embedded: Embedded,
): EnvironmentVariable {
  const name = part.type === "Assignment" ? part.name : part.value;
  const known = value.pieces.every((piece) => piece.known && !piece.elements);
  // A value that is in another text is edited where it is exported.
  const span = value.span.end > 0 ? value.span : spanFrom(part.end, part.end);
  const origins = originsOfPieces(value.pieces);
  return {
    name,
    nameSpan: spanInFile(embedded, spanFrom(part.pos, part.pos + name.length)),
    value: {
      text: known ? value.pieces.map((piece) => piece.text).join("") : undefined,
      span: spanInFile(embedded, span),
      source: sourceIn({ ...embedded, quoting: [] }, span),
      ...(!known && { parts: partsOf(value.pieces, embedded) }),
      ...(origins.length > 0 && { origins }),
    },
    ...(!(part.type === "Assignment" && part.append) && { place: declarationPlace(part, command, embedded) }),
  };
}

function formIn(
  { quoting, expands }: Embedded,
  kind: "prefix" | "declaration" | "word",
  isElsewhere = false,
): VariablePlace["form"] {
  return { kind, quoting, ...((expands || isElsewhere) && { plainOnly: true }) };
}

function declarationPlace(
  part: Assignment | ShellWord,
  { pos, suffix }: Command,
  embedded: Embedded,
): VariablePlace {
  const isOption = (one: Command["suffix"][number]) => one.type === "Word" && one.text.startsWith("-");
  const parts = suffix
    .filter((one) => one.type === "Word" || one.type === "Assignment")
    .filter((one) => !isOption(one));
  const at = parts.findIndex((one) => one.pos === part.pos);
  const previousEnd = parts[at - 1]?.end;
  const nextStart = parts[at + 1]?.pos;
  const end = suffix.at(-1)?.end ?? part.end;
  return {
    form: formIn(embedded, "declaration"),
    span: spanInFile(embedded, spanFrom(part.pos, part.end)),
    ...(previousEnd !== undefined && { previousEnd: toFile(embedded, previousEnd) }),
    ...(nextStart !== undefined && { nextStart: toFile(embedded, nextStart) }),
    ...(parts.length === 1 && { whole: spanInFile(embedded, spanFrom(pos, end)) }),
  };
}

/**
 * `NAME=value` words after `env`, `sudo`, `docker run -e` or `srun --export`: before the program they can only set
 * variables.
 */
export function environmentWords(
  { name: program, suffix }: Command,
  before: readonly CommandWord[],
  embedded: Embedded,
): EnvironmentVariable[] {
  const own = new Set([program, ...suffix].map((one) => one && toFile(embedded, one.pos)));
  return assignedIn(before, ({ span }) => ({ form: formIn(embedded, "word", !own.has(span.start)), span }));
}

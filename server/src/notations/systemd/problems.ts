/** Typical errors in unit files: shell syntax outside a shell, and lines that systemd ignores. */
import { type Span, spanFrom, type TextFix, type TextProblem } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { blanksAround } from "../blanks-around";
import { BLANK_EDITS, shellNeeded } from "../list/needs-shell";
import { referencedNames } from "./expand";
import { isSetBySystemd, sectionOfKey } from "./known-keys";
import type { ServiceEnvironment } from "./service-environment";
import type { StrayLine, UnitAssignment } from "./unit-lines";
import { type UnitWord, unitWords } from "./unit-words";

/** Pipes, lists, redirections and background commands of a shell. */
const SHELL_SYNTAX = /^(?:\|\|?|&&?|&>.*|\d*(?:>>?|<)(?:&\d|[^<>]*))$/;

/** Words that only a shell would interpret. */
export function shellSyntax(words: readonly UnitWord[]): TextProblem[] {
  return words
    .filter(({ source }) => SHELL_SYNTAX.test(source))
    .map(({ source, span }) => ({
      code: "systemd-shell-syntax",
      span,
      message: say("systemd.shell-syntax", { word: shortened(source) }),
      fixes: [],
      misread: spanFrom(span.start, words.at(-1)?.span.end ?? span.end),
      // After a redirection, more words of the command may follow.
      ...(/^[;&|]+$/.test(source) && { ofOther: true }),
    }));
}

/** The beginning of a command that only a shell understands. */
export function shellStart(words: readonly UnitWord[], start: number): TextProblem[] {
  const isPlain = !words.some(({ source }) => SHELL_SYNTAX.test(source));
  const [first] = words;
  if (!first || !isPlain) return [];
  const problem = shellNeeded(words.slice(0, Math.max(1, start)), {
    ...BLANK_EDITS,
    putEnv: ({ start: at }) => [{ span: spanFrom(at, at), newText: "/usr/bin/env " }],
  });
  return problem ? [problem] : [];
}

/** What only a shell expands: a home folder, a command, a default; and a separator at the end of a word. */
const EXPANSIONS: readonly RegExp[] = [
  /(?<=^(?:--?[\w-]+=)?)~(?=\/|$)[^\s]*/,
  /\$\([^)]*\)?|`[^`]*`/,
  /\$\{[A-Za-z_]\w*[:#%^,/@+=?-][^}]*\}?/,
  /(?<=[^\\;&|])[;&|]$/,
];

/** Parts of words that a shell would replace or take for itself. */
export function notExpanded(words: readonly UnitWord[]): TextProblem[] {
  return words.flatMap(({ text, quote, span }): TextProblem[] => {
    const part = EXPANSIONS.flatMap((one) => one.exec(text)?.[0] ?? [])[0];
    if (quote === "'" || part === undefined) return [];
    return [
      {
        code: "systemd-not-expanded",
        span,
        message: say("systemd.not-expanded", { part }),
        misread: span,
        fixes: [],
      },
    ];
  });
}

/** Variables in the words of a command that nothing sets. */
export function unsetVariables(words: readonly UnitWord[], environment: ServiceEnvironment): TextProblem[] {
  return words.flatMap((word): TextProblem[] => {
    const names = referencedNames(word).filter((name) => !isSetBySystemd(name));
    const unset = names.filter((name) => environment.value(name) === undefined);
    return unset.map((name) => ({
      code: "systemd-unset-variable",
      span: word.span,
      message: say("systemd.unset-variable", { name }),
      fixes: [],
    }));
  });
}

/** Assignments that systemd ignores, because of the section that they are in. */
export function misplacedKeys(assignments: readonly UnitAssignment[]): TextProblem[] {
  return assignments.flatMap(({ key, keySpan, section }): TextProblem[] => {
    const belongs = sectionOfKey(key);
    // Sections that begin with `X-` are for other programs.
    if (section?.startsWith("X-") || section === belongs) return [];
    if (section !== undefined && belongs === undefined) return [];
    const message =
      section === undefined
        ? say("systemd.above-sections", { key, section: belongs ?? "Service" })
        : say("systemd.other-section", { key, section, belongs: belongs ?? "Service" });
    return [{ code: "systemd-ignored-line", span: keySpan, message, fixes: [] }];
  });
}

/** `Environment=A = 1`: words that systemd does not take for assignments. */
export function blankSigns(assignments: readonly UnitAssignment[]): TextProblem[] {
  return assignments.flatMap(({ key, value }): TextProblem[] => {
    if (key !== "Environment") return [];
    const words = unitWords(value);
    const at = words.findIndex(({ text, quote }) => /^=(?!=)/.test(text) && !quote);
    const [name, sign, after, more] = words.slice(Math.max(0, at - 1));
    if (at < 1 || !name || !sign || !/^[A-Za-z_]\w*$/.test(name.text)) return [];
    const last = sign.text === "=" && after ? after : sign;
    const isOne =
      at === 1 && (last === sign ? !after && sign.text !== "=" : !more && !after?.text.includes("="));
    return [
      blanksAround("other", name.text, spanFrom(name.span.start, last.span.end), [
        ...(isOne ? [spanFrom(name.span.end, sign.span.start)] : []),
        ...(isOne && last !== sign ? [spanFrom(sign.span.end, last.span.start)] : []),
      ]),
    ];
  });
}

/** A setting or a section of a unit. */
const SETTING = /^(?:[A-Z][A-Za-z]+=|\[[A-Z][A-Za-z]+\]$)/;

/** A line with another setting, which a backslash above it makes a part of the command. */
export function continuedSettings(text: string, words: readonly UnitWord[]): TextProblem[] {
  for (const [index, { source, span }] of words.entries()) {
    const previous = words[index - 1]?.span.end;
    const between = previous === undefined ? "" : text.slice(previous, span.start);
    if (previous === undefined || !SETTING.test(source) || !/^[ \t]*\\\r?\n$/.test(between)) continue;
    const at = previous + between.indexOf("\\");
    return [
      {
        code: "shell-dangling-backslash",
        variant: "refused",
        span: spanFrom(at, at + 1),
        message: say("shell.backslash-before-command", { command: source }),
        fixes: [
          {
            title: say("shell.remove-backslash"),
            kind: "spelling",
            preferred: true,
            edits: [{ span: spanFrom(previous, at + 1), newText: "" }],
          },
        ],
        misread: spanFrom(span.start, words.at(-1)?.span.end ?? span.end),
        ofOther: true,
      },
    ];
  }
  return [];
}

/** Lines without an assignment that should have continued a launch. */
export function ignoredLines(strays: readonly StrayLine[], text: string): TextProblem[] {
  return strays.map(({ span, brokenBy, emptyAbove }) => {
    const [message, title, removed] = brokenBy
      ? [say("systemd.broken-line"), say("systemd.remove-space"), afterBackslash(brokenBy)]
      : emptyAbove
        ? [say("systemd.empty-line"), say("shell.remove-empty-lines"), fromBackslash(emptyAbove, text)]
        : [say("systemd.ignored-line")];
    const fix: TextFix[] =
      title && removed
        ? [
            {
              title,
              kind: "spelling",
              preferred: true,
              edits: [{ span: removed, newText: brokenBy ? "" : " \\" }],
            },
          ]
        : [];
    return { code: "systemd-ignored-line", span, cutsOff: true, message, fixes: fix };
  });
}

/** Empty lines with the backslash above them and the blanks before it, where the command ends. */
function fromBackslash({ start, end }: Span, text: string): Span {
  const [before = ""] = /[ \t]*\\$/.exec(text.slice(Math.max(0, start - 200), start)) ?? [];
  return spanFrom(start - before.length, end);
}

function afterBackslash({ start, end }: Span): Span {
  return spanFrom(start + 1, end);
}

/** Rules about the words after a flag: none, too many, wrong type, not among the choices. */

import type { Flag } from "../../catalogue/types";
import { type Argument, type FixKind, type Launch, spanOver, type Word } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { Fix, PlainReport } from "../finding";
import { isClear, NO, numbersMeant, severalInOne, YES } from "../meant";
import { nearest, surelyMeant } from "../nearest";
import { type DetectorsIn, onFault, type SubjectOf } from "./detector";
import {
  alternatives,
  expectation,
  leaveOut,
  orRemoval,
  quoted,
  quotedWords,
  type RuleContext,
  removal,
  valueWords,
  wordRemoval,
  written,
} from "./rule";

const NONE = /^(none|null|nil)$/i;

function setTo(argument: Argument, words: readonly string[], preferred: boolean, kind: FixKind): Fix {
  return {
    title: say("rule.change-to", {
      value: shortened(words.length > 1 ? `[${words.join(", ")}]` : (words[0] ?? "")),
    }),
    kind,
    preferred,
    changes: [{ kind: "set", argument, words }],
  };
}

function replaceWord(word: Word, to: string, preferred: boolean, kind: FixKind): Fix {
  return {
    title: say("rule.change-to", { value: shortened(to) }),
    kind,
    preferred,
    changes: [{ kind: "setWord", word, to }],
  };
}

const missingValue = onFault(["missing"], ({ argument, flag, found }, { launch }) => {
  const wants = say("rule.needs", { flag: written(argument), what: expectation(flag) });
  const fixes: Fix[] = [];
  let why = say("rule.none-given");
  if (found) why = say("rule.looks-like-flag", { word: quoted(found.source) });
  else if (launch.form.kind === "mapping" && argument.shape === "bare") {
    const plain = argument.valueSource.toLowerCase() === "true";
    why = plain
      ? say("rule.true-is-alone")
      : say("rule.read-as-true", { word: quoted(argument.valueSource) });
    const asText = flag.kind === "text" && (!flag.choices || flag.choices.includes(argument.valueSource));
    if (asText) {
      const title = say("rule.quote", { word: quoted(argument.valueSource) });
      fixes.push({
        title,
        kind: flag.choices ? "spelling" : "choice",
        preferred: true,
        changes: [{ kind: "set", argument, words: [argument.valueSource] }],
      });
    }
  } else if (argument.shape === "list") why = say("rule.empty-list");
  const usual = valueWords(flag.default);
  if (usual)
    fixes.push({
      ...setTo(argument, usual, false, "choice"),
      title: say("rule.set-default", { value: usual.join(" ") }),
    });
  fixes.push(leaveOut(argument, launch, !fixes.some(({ preferred }) => preferred)));
  const span = found?.span ?? (argument.valueSource ? argument.valueSpan : argument.flagSpan);
  return { flag: flag.name, message: say("rule.refuses-to-start", { needs: wants, why }), span, fixes };
});

const switchWithValue = onFault(["switchValue"], ({ argument, flag, words }, { launch }) => {
  const word = words.length === 1 ? words[0]?.text : undefined;
  const off = word !== undefined && NO.test(word.trim());
  // On a command line, a number may be the value of the previous flag.
  const clear = launch.form.kind === "mapping" || !/^\d$/.test(word?.trim() ?? "");
  const on = word !== undefined && YES.test(word.trim());
  const instead = launch.form.kind === "mapping" ? say("rule.write-true") : say("rule.write-alone");
  const inQuotes = word !== undefined && argument.valueSource !== word;
  const value = quoted(argument.valueSource);
  const asWord = inQuotes
    ? say("rule.word-in-quotes", { value, word: shortened(word) })
    : say("rule.word-is-one", { value });
  const switchOn: Fix = {
    title: on
      ? say("rule.switch-on", { flag: written(argument) })
      : say("rule.switch-on-without", { flag: written(argument), value }),
    kind: on && clear ? "spelling" : "choice",
    preferred: !off,
    changes: [{ kind: "switch", argument, on: true }],
  };
  const switchOff: Fix = {
    title: say("rule.leave-off", { flag: written(argument) }),
    kind: off && clear ? "spelling" : "choice",
    preferred: off,
    changes: [{ kind: "switch", argument, on: false }],
  };
  return {
    flag: flag.name,
    message: say("rule.switch-with-value", { flag: written(argument), asWord, instead }),
    span: argument.valueSpan,
    fixes: off ? [switchOff, switchOn] : [switchOn, switchOff],
  };
});

/** Words that belong to no flag: too many after a flag, or before the first flag. */
const positional = onFault(["surplus", "stray"], (fault, context) => {
  return fault.kind === "surplus" ? surplusWords(fault, context) : strayWords(fault, context);
});

function surplusWords({ argument, flag, words }: SubjectOf<"surplus">, { launch }: RuleContext) {
  if (isFlagWithValue(words[0], launch)) return undefined;
  const all = argument.words.map(({ text }) => text);
  if (words.length === 1 && words[0]?.text?.trim() === "") {
    const message = say("rule.blank-word", { flag: written(argument) });
    return { flag: flag.name, message, span: words[0].span, fixes: [wordRemoval(words)] };
  }
  return {
    flag: flag.name,
    message: say("rule.one-value", {
      flag: written(argument),
      count: all.length,
      words: quotedWords(words, ", "),
    }),
    span: argument.valueSpan,
    fixes: all
      .filter((text) => text !== undefined)
      // Separators of other notations between a flag and its value are not values.
      .filter((text) => !/^(?:--|=|:|)$/.test(text))
      .slice(0, 3)
      .map((text, index) => ({
        ...setTo(argument, [text], index === 0, all.length === 2 && isSign(all[0]) ? "spelling" : "choice"),
        title: say("rule.keep-only", { value: shortened(text), count: all.length }),
      })),
  };
}

/** Whether a word is a sign between a name and a value in other notations: `--tp = 2`. */
function isSign(text: string | undefined): boolean {
  return text === "=" || text === ":";
}

/** One list element with flag and value: the notation has its own rule for it, with a fix that splits it. */
function isFlagWithValue(word: Word | undefined, { form }: Launch): boolean {
  return form.kind === "list" && /^--?[A-Za-z_][\w-]*\s+\S/.test(word?.text ?? "");
}

function strayWords({ argument, words }: SubjectOf<"stray">, { launch }: RuleContext) {
  const [first, ...others] = words as [Word, ...Word[]];
  if (isFlagWithValue(first, launch)) return undefined;
  const flag = first.text === "--" ? first.text : argument.flag;
  // A dash of a word processor has a rule and a fix of its own.
  if (/^[\u2010-\u2015\u2212]/.test(first.text ?? "")) return undefined;
  return {
    ...(flag && { flag }),
    message: say("rule.positional", { words: quotedWords(words) }),
    span: others.length === 0 ? first.span : spanOver([first, ...others]),
    fixes: [wordRemoval(words)],
  };
}

const noneAsWord = onFault(["type", "choice"], ({ kind, argument, flag, word }, { launch }) => {
  if (!isNone(word) || (kind === "choice" && choosable(flag, word))) return undefined;
  return sayNone(argument, flag, word, launch);
});

/** Whether a flag is given once: of two, the last is used, even if it is None. */
function isAlone({ flag }: Argument, { arguments: given }: Launch): boolean {
  return given.filter((other) => other.flag === flag).length === 1;
}

function isNone(word: Word): boolean {
  return word.text !== undefined && NONE.test(word.text);
}

/** A choice that differs from the word only in case. */
function choosable(flag: Flag, word: Word): boolean {
  return (flag.choices ?? []).some(
    (choice) => String(choice).toLowerCase() === word.text?.toLowerCase() && choice !== null,
  );
}

function sayNone(argument: Argument, flag: Flag, word: Word, launch: Launch): PlainReport {
  const others = argument.words.filter((other) => !isNone(other)).map(({ text }) => text);
  const known = others.every((text) => text !== undefined);
  return {
    flag: flag.name,
    message: say("rule.none-as-word", { word: quoted(word.source), flag: written(argument) }),
    span: word.span,
    fixes:
      others.length > 0 && known
        ? [
            {
              ...setTo(argument, others, true, "choice"),
              title: say("rule.remove-from-list", { word: quoted(word.source) }),
            },
          ]
        : // If omitted, the flag is None if that is its default.
          [
            leaveOut(
              argument,
              launch,
              others.length === 0,
              flag.default === null && isAlone(argument, launch) ? "spelling" : "choice",
            ),
          ],
  };
}

const wrongType = onFault(["type"], ({ argument, flag, word }) => {
  const text = word.text ?? "";
  const single = flag.kind === "integer" ? say("rule.an-integer") : say("rule.a-number");
  const offers = numbersMeant(text, flag);
  return {
    flag: flag.name,
    message: say("rule.type", {
      flag: written(argument),
      what: expectation(flag),
      word: quoted(word.text ?? word.source),
      single,
    }),
    span: word.span,
    fixes: orRemoval(
      offers.map((offer, index) =>
        replaceWord(word, offer, index === 0, offers.length === 1 && isClear(text) ? "spelling" : "choice"),
      ),
      argument,
    ),
  };
});

const commaList = onFault(["type", "choice"], ({ argument, flag, word }, { launch }) => {
  return severalInOne(flag, word) ? saySeveral(argument, flag, word, launch) : undefined;
});

function saySeveral(argument: Argument, flag: Flag, word: Word, launch: Launch): PlainReport {
  const items = severalInOne(flag, word) ?? [];
  const how =
    launch.form.kind === "mapping"
      ? say("rule.as-list", { items: shortened(items.join(", ")) })
      : say("rule.as-words", { items: shortened(items.join(" ")) });
  return {
    flag: flag.name,
    message: say("rule.one-word", { flag: written(argument), word: quoted(word.source), how }),
    span: word.span,
    fixes:
      argument.words.length === 1 ? [setTo(argument, items, true, "spelling")] : [removal(argument, true)],
  };
}

const notAChoice = onFault(["choice"], ({ argument, flag, word }, context) => {
  const { release } = context;
  const choices = (flag.choices ?? []).filter((choice) => choice !== null).map(String);
  const close = nearest(word.text ?? "", choices);
  const sure = surelyMeant(word.text ?? "", choices);
  return {
    flag: flag.name,
    message: say("rule.no-choice", {
      word: quoted(word.text ?? word.source),
      flag: written(argument),
      release: release.name,
      choices: alternatives(choices),
    }),
    span: word.span,
    fixes:
      synonymFixes(argument, flag, word, context) ??
      orRemoval(
        (close.length > 0 ? close : choices.slice(0, 3)).map((choice, index) =>
          replaceWord(word, choice, index === 0 && close.length > 0, choice === sure ? "spelling" : "choice"),
        ),
        argument,
      ),
  };
});

/** The fix that writes the value that a word means; undefined if it means none. */
function synonymFixes(
  argument: Argument,
  flag: Flag,
  word: Word,
  { launch, catalogue }: RuleContext,
): Fix[] | undefined {
  const meant = catalogue.synonym(flag.key, word.text ?? "");
  if (meant === null && argument.words.length === 1)
    return [leaveOut(argument, launch, true, isAlone(argument, launch) ? "spelling" : "choice")];
  if (!meant || !flag.choices?.includes(meant)) return undefined;
  return [replaceWord(word, meant, true, "spelling")];
}

export const rules = {
  "argparse-missing-value": missingValue,
  "argparse-switch-with-value": switchWithValue,
  "argparse-positional": positional,
  "none-as-word": noneAsWord,
  "argparse-type-int-float": wrongType,
  "argparse-comma-list": commaList,
  "argparse-choice": notAChoice,
} satisfies DetectorsIn<"judgement/rules/flag-values.ts">;

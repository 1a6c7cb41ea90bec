/** Rules about the words behind a flag: none, too many, of the wrong type, not among the choices. */
import type { Flag } from "../../catalogue/types";
import type { Argument, Launch, Word } from "../../launch/launch";
import { converts } from "../argparse";
import type { Fix } from "../finding";
import { isSlip, nearest } from "../nearest";
import {
  alternatives,
  expectation,
  leaveOut,
  orRemoval,
  quoted,
  type Report,
  removal,
  rule,
  valueWords,
  wordRemoval,
  written,
} from "./rule";

const NO = /^(false|no|off|0)$/i;
const NONE = /^(none|null|nil)$/i;
const SPLIT = /[\s,;]+/;

function setTo(argument: Argument, words: readonly string[], preferred: boolean): Fix {
  return {
    title: `Change to \`${words.length > 1 ? `[${words.join(", ")}]` : (words[0] ?? "")}\``,
    preferred,
    changes: [{ kind: "set", argument, words }],
  };
}

function replaceWord(word: Word, to: string, preferred: boolean): Fix {
  return { title: `Change to \`${to}\``, preferred, changes: [{ kind: "setWord", word, to }] };
}

export const missingValue = rule({
  code: "argparse-missing-value",
  effect: "refused",
  stage: "argparse",
  fault: "missing",
  report({ argument, flag, found }, { launch }) {
    const wants = `${written(argument)} needs ${expectation(flag)}`;
    const fixes: Fix[] = [];
    let why = "but there is none";
    if (found)
      why = `but LightLLM takes ${quoted(found.source)} for a flag of its own because it begins with a dash`;
    else if (launch.notation === "yaml" && argument.shape === "bare") {
      const plain = argument.valueSource.toLowerCase() === "true";
      why = plain
        ? "but `true` writes the flag alone"
        : `but YAML reads ${quoted(argument.valueSource)} as true, which writes the flag alone`;
      const asText = flag.kind === "text" && (!flag.choices || flag.choices.includes(argument.valueSource));
      if (asText) {
        const title = `Quote ${quoted(argument.valueSource)}`;
        fixes.push({
          title,
          preferred: true,
          changes: [{ kind: "set", argument, words: [argument.valueSource] }],
        });
      }
    } else if (argument.shape === "list") why = "but the list is empty";
    const usual = valueWords(flag.default);
    if (usual)
      fixes.push({ ...setTo(argument, usual, false), title: `Set the default \`${usual.join(" ")}\`` });
    fixes.push({
      ...leaveOut(argument, !fixes.some(({ preferred }) => preferred)),
      drastic: found !== undefined,
    });
    const span = found?.span ?? (argument.valueSource ? argument.valueSpan : argument.flagSpan);
    return { flag: flag.name, message: `${wants}, ${why}. LightLLM refuses to start.`, span, fixes };
  },
});

export const switchWithValue = rule({
  code: "argparse-switch-with-value",
  effect: "refused",
  stage: "argparse",
  fault: "switchValue",
  report({ argument, flag, words }, { launch }) {
    const word = words.length === 1 ? words[0]?.text : undefined;
    const off = word !== undefined && NO.test(word.trim());
    const instead = launch.notation === "yaml" ? " Write `true` to switch it on." : " Write the flag alone.";
    const inQuotes = word !== undefined && argument.valueSource !== word;
    const asWord = `${quoted(argument.valueSource)} ${inQuotes ? `is the word \`${word}\` in quotes.` : "is one."}`;
    const switchOn: Fix = {
      title: `Switch ${written(argument)} on`,
      preferred: !off,
      changes: [{ kind: "switch", argument, on: true }],
    };
    const switchOff: Fix = {
      title: `Leave ${written(argument)} off`,
      preferred: off,
      changes: [{ kind: "switch", argument, on: false }],
    };
    return {
      flag: flag.name,
      message: `${written(argument)} is a switch and takes no value, but ${asWord} LightLLM refuses it as an unrecognized argument.${instead}`,
      span: argument.valueSpan,
      fixes: off ? [switchOff, switchOn] : [switchOn, switchOff],
    };
  },
});

export const surplusWords = rule({
  code: "argparse-positional",
  effect: "refused",
  stage: "argparse",
  fault: "surplus",
  report({ argument, flag, words }, { launch }) {
    if (isFlagWithValue(words[0], launch)) return undefined;
    const all = argument.words.map(({ text }) => text);
    if (words.length === 1 && words[0]?.text?.trim() === "") {
      const message = `A blank word stands behind ${written(argument)}: LightLLM refuses it as unrecognized.`;
      return { flag: flag.name, message, span: words[0].span, fixes: [wordRemoval(words)] };
    }
    return {
      flag: flag.name,
      message: `${written(argument)} takes one value, but ${all.length} are given: LightLLM refuses ${words
        .map(({ source }) => quoted(source))
        .join(", ")} as unrecognized.`,
      span: argument.valueSpan,
      fixes: all
        .filter((text) => text !== undefined && text !== "--")
        .filter((text) => text !== undefined)
        .slice(0, 3)
        .map((text, index) => ({ ...setTo(argument, [text], index === 0), title: `Keep only \`${text}\`` })),
    };
  },
});

/** One element of a list that holds flag and value: the notation says so, and how to split it. */
function isFlagWithValue(word: Word | undefined, { form }: Launch): boolean {
  return form.kind === "list" && /^--?[A-Za-z_][\w-]*\s+\S/.test(word?.text ?? "");
}

export const strayWords = rule({
  code: "argparse-positional",
  effect: "refused",
  stage: "argparse",
  fault: "stray",
  report({ argument, words }, { launch }) {
    const [first] = words as [Word];
    if (isFlagWithValue(first, launch)) return undefined;
    const flag = first.text === "--" ? first.text : argument.flag;
    // A dash that a word processor made is said as such, and mended there.
    if (/^[\u2010-\u2015\u2212]/.test(first.text ?? "")) return undefined;
    return {
      ...(flag && { flag }),
      message: `${words.map(({ source }) => quoted(source)).join(" ")} belongs to no flag: LightLLM refuses it as unrecognized.`,
      span: { start: first.span.start, end: (words.at(-1) ?? first).span.end },
      fixes: [wordRemoval(words)],
    };
  },
});

export const noneAsWord = rule({
  code: "none-as-word",
  effect: "refused",
  stage: "argparse",
  fault: "type",
  report({ argument, flag, word }) {
    return isNone(word) ? sayNone(argument, flag, word) : undefined;
  },
});

export const noneAsChoice = rule({
  code: "none-as-word",
  effect: "refused",
  stage: "argparse",
  fault: "choice",
  report({ argument, flag, word }) {
    return isNone(word) && !choosable(flag, word) ? sayNone(argument, flag, word) : undefined;
  },
});

function isNone(word: Word): boolean {
  return word.text !== undefined && NONE.test(word.text);
}

/** Whether the word differs from one of the choices only in case. */
function choosable(flag: Flag, word: Word): boolean {
  return (flag.choices ?? []).some(
    (choice) => String(choice).toLowerCase() === word.text?.toLowerCase() && choice !== null,
  );
}

function sayNone(argument: Argument, flag: Flag, word: Word): Report {
  const others = argument.words.filter((other) => !isNone(other)).map(({ text }) => text);
  const known = others.every((text) => text !== undefined);
  return {
    flag: flag.name,
    message: `${quoted(word.source)} reaches LightLLM as a word, and ${written(argument)} refuses that word. To get Python's None, leave the flag out.`,
    span: word.span,
    fixes:
      others.length > 0 && known
        ? [{ ...setTo(argument, others, true), title: `Remove ${quoted(word.source)} from the list` }]
        : [leaveOut(argument, others.length === 0)],
  };
}

export const wrongType = rule({
  code: "argparse-type-int-float",
  effect: "refused",
  stage: "argparse",
  fault: "type",
  report({ argument, flag, word }) {
    const text = word.text ?? "";
    if (isNone(word) || severalInOne(flag, word)) return undefined;
    const single = flag.kind === "integer" ? "an integer" : "a number";
    const offers = numbersMeant(text, flag);
    return {
      flag: flag.name,
      message: `${written(argument)} needs ${expectation(flag)}, and Python does not read ${quoted(word.text ?? word.source)} as ${single}. LightLLM refuses to start.`,
      span: word.span,
      fixes: orRemoval(
        offers.map((offer, index) => replaceWord(word, offer, index === 0)),
        argument,
      ),
    };
  },
});

export const commaList = rule({
  code: "argparse-comma-list",
  effect: "refused",
  stage: "argparse",
  fault: "type",
  report({ argument, flag, word }, { launch }) {
    return severalInOne(flag, word) ? saySeveral(argument, flag, word, launch) : undefined;
  },
});

export const commaListOfChoices = rule({
  code: "argparse-comma-list",
  effect: "refused",
  stage: "argparse",
  fault: "choice",
  report({ argument, flag, word }, { launch }) {
    return severalInOne(flag, word) ? saySeveral(argument, flag, word, launch) : undefined;
  },
});

/** The values of a list flag that were written as one word: `0,1`, `0 1`, `[0,1]`, `fa3,triton`. */
function severalInOne(flag: Flag, { text }: Word): string[] | undefined {
  if (flag.arity !== "many" || text === undefined) return undefined;
  const items = text
    .replace(/^\s*[[(]|[\])]\s*$/g, "")
    .split(SPLIT)
    .filter(Boolean);
  const fits = (item: string) => (flag.choices ? flag.choices.includes(item) : converts(item, flag));
  return items.length > 1 && items.every(fits) ? items : undefined;
}

function saySeveral(argument: Argument, flag: Flag, word: Word, launch: Launch): Report {
  const items = severalInOne(flag, word) ?? [];
  const how =
    launch.notation === "yaml" ? `a YAML list: \`[${items.join(", ")}]\`` : `words: \`${items.join(" ")}\``;
  return {
    flag: flag.name,
    message: `${written(argument)} takes its values as separate words, but ${quoted(word.source)} is one word, which LightLLM refuses. Write them as ${how}.`,
    span: word.span,
    fixes: argument.words.length === 1 ? [setTo(argument, items, true)] : [removal(argument, true)],
  };
}

/** What was meant by `8.0`, `16k`, `16,384`, `0.9f`, `90%` or `"8 "`: numbers the flag accepts, likeliest first. */
function numbersMeant(text: string, flag: Flag): string[] {
  const trimmed = text.trim();
  const scaled = /^([+-]?\d+(?:\.\d+)?)\s*([kKmM])(i?)$/.exec(trimmed);
  if (scaled) {
    const [, digits = "", unit = "", binary = ""] = scaled;
    const power = unit.toLowerCase() === "k" ? 1 : 2;
    const values = (binary ? [1024] : [1024, 1000]).map((base) => Number(digits) * base ** power);
    return values.filter((value) => flag.kind === "number" || Number.isInteger(value)).map(String);
  }
  if (/^[+-]?\d{1,3}(?:,\d{3})+$/.test(trimmed)) return [trimmed.replaceAll(",", "")];
  if (flag.kind === "number") {
    const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(trimmed);
    if (percent) return [String(Number(percent[1]) / 100)];
    return /^\d+,\d+$/.test(trimmed) ? [trimmed.replace(",", ".")] : [];
  }
  const value = Number(trimmed);
  return trimmed !== "" && Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? [String(value)] : [];
}

export const notAChoice = rule({
  code: "argparse-choice",
  effect: "refused",
  stage: "argparse",
  fault: "choice",
  report({ argument, flag, word }, { release }) {
    if ((isNone(word) && !choosable(flag, word)) || severalInOne(flag, word)) return undefined;
    const choices = (flag.choices ?? []).filter((choice) => choice !== null).map(String);
    const close = nearest(word.text ?? "", choices);
    return {
      flag: flag.name,
      message: `${quoted(word.text ?? word.source)} is not a choice of ${written(argument)} in LightLLM ${release.name}, which takes ${alternatives(choices)}.`,
      span: word.span,
      fixes: orRemoval(
        (close.length > 0 ? close : choices.slice(0, 3)).map((choice, index) => ({
          ...replaceWord(word, choice, index === 0 && close.length > 0),
          drastic: !isSlip(word.text ?? "", choice),
        })),
        argument,
      ),
    };
  },
});

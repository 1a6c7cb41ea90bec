/** Rules about unquoted values that YAML converts before LightLLM receives them. */

import type { Flag } from "../../catalogue/types";
import type { Argument, Launch, Word } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { converts, readWord } from "../argparse";
import type { Fix, PlainReport } from "../finding";
import { type DetectorsIn, onEach } from "./detector";
import { leaveOut, quoted, valueWords, written } from "./rule";

/** A plain scalar that YAML converts to another word: `model_name: 1.10` passes `1.1`. */
const rereadValues = onEach("assignment", function* ({ assignment }, { launch }) {
  if (launch.form.kind !== "mapping") return;
  const { flag, argument, words } = assignment;
  for (const word of words) {
    if (!word.rereadAs || word.text === undefined || !matters(flag, word)) continue;
    const { text } = word;
    const quote: Fix = {
      title: say("rule.quote", { word: quoted(word.source) }),
      // A text flag certainly means the written text; a number such as `010` may be meant as YAML reads it.
      kind: flag.kind === "text" ? "spelling" : "choice",
      preferred: converts(word.source, flag),
      changes: [{ kind: "setWord", word, to: word.source }],
    };
    const accept: Fix = {
      title: say("rule.write-word", { word: shortened(text) }),
      kind: "choice",
      preferred: !quote.preferred,
      changes: [{ kind: "set", argument, words: [text] }],
    };
    yield {
      flag: flag.name,
      message: say("rule.reread", { word: quoted(word.source), kind: word.rereadAs, text: shortened(text) }),
      span: word.span,
      fixes: argument.words.length === 1 ? [quote, accept] : [quote],
    };
  }
});

/** For a number, only another value matters, not another form: `0.90` is `0.9`, but `010` is 8. */
function matters(flag: Flag, word: Word): boolean {
  return flag.kind === "text" || Number(word.source.replaceAll("_", "")) !== Number(word.text);
}

const FALSE = /^(?:no|false|off)$/i;

/** `false` for a flag that takes a value: it omits the flag, which is rarely intended. */
const falseForValue = onEach("launch", function* (_, { launch, release }) {
  if (launch.form.kind !== "mapping") return;
  for (const argument of launch.arguments) {
    if (!argument.counts || argument.shape !== "absent" || !FALSE.test(argument.valueSource)) continue;
    const reading = readWord(argument.flag, release);
    if (reading.kind !== "flag" || reading.flag.kind === "switch") continue;
    yield falseFinding(argument, reading.flag, launch);
  }
});

function falseFinding(argument: Argument, flag: Flag, launch: Launch): PlainReport {
  const asText = flag.kind === "text" && (!flag.choices || flag.choices.includes(argument.valueSource));
  const usual = valueWords(flag.default);
  const then = usual
    ? say("rule.uses-default", { value: usual.map((word) => `\`${word}\``).join(" ") })
    : say("rule.decides-itself");
  return {
    flag: flag.name,
    message: say("rule.left-out", { flag: written(argument), word: quoted(argument.valueSource), then }),
    span: argument.valueSpan,
    fixes: [
      ...(asText
        ? [
            {
              title: say("rule.quote", { word: quoted(argument.valueSource) }),
              kind: flag.choices ? ("spelling" as const) : ("choice" as const),
              preferred: true,
              changes: [{ kind: "set", argument, words: [argument.valueSource] } as const],
            },
          ]
        : []),
      leaveOut(argument, launch, !asText),
    ],
  };
}

export const rules = {
  "yaml-value-reread": rereadValues,
  "yaml-false-for-value": falseForValue,
} satisfies DetectorsIn<"judgement/rules/yaml.ts">;

/** Rules about the presence of a flag: written twice, or without effect in this release. */

import type { Argument } from "../../launch/launch";
import { say } from "../../messages";
import type { Fix } from "../finding";
import { type DetectorsIn, onEach, onFault } from "./detector";
import { quoted, removal, written, writtenName } from "./rule";

const repeatedFlag = onFault(["repeated"], ({ argument, flag, earlier }, { launch }) => {
  return {
    flag: flag.name,
    message: say("rule.given-twice", {
      flag: writtenName(flag.name, launch),
      value: valueAsWritten(argument),
    }),
    span: earlier.span,
    related: [{ span: argument.span, message: say("rule.counts") }],
    fixes: oneOfTwo(earlier, argument),
  };
});

/**
 * The fixes for a repeated flag. Only if both have the same value, a fix changes nothing and is applied without asking.
 */
function oneOfTwo(earlier: Argument, counting: Argument): Fix[] {
  const texts = ({ words }: Argument) => words.map(({ text }) => text);
  const known = [...texts(earlier), ...texts(counting)].every((text) => text !== undefined);
  const same = known && JSON.stringify(texts(earlier)) === JSON.stringify(texts(counting));
  const title = (which: "this" | "last", argument: Argument) => {
    const { valueSource } = argument;
    const flag = written(argument);
    return valueSource && !same
      ? say(`rule.remove-${which}-with`, { flag, value: quoted(valueSource) })
      : say(`rule.remove-${which}`, { flag });
  };
  return [
    {
      title: title("this", earlier),
      kind: same ? "spelling" : "choice",
      preferred: true,
      changes: [{ kind: "remove", argument: earlier }],
    },
    {
      title: title("last", counting),
      kind: "choice",
      preferred: false,
      changes: [{ kind: "remove", argument: counting }],
    },
  ];
}

function valueAsWritten(argument: Argument): string {
  return argument.valueSource ? quoted(argument.valueSource) : say("rule.without-value");
}

/** The same key twice in a mapping: PyYAML silently keeps the last. */
const duplicateKeys = onEach("launch", function* (_, { launch }) {
  if (launch.form.kind !== "mapping") return;
  const winners = new Map(
    launch.arguments.filter(({ counts }) => counts).map((winner) => [winner.flag, winner]),
  );
  for (const argument of launch.arguments) {
    if (argument.counts || argument.inherited || argument.shape === "unfinished") continue;
    const winner = winners.get(argument.flag);
    if (!winner || winner.inherited) continue;
    yield {
      flag: argument.flag,
      message: say("rule.written-again", { flag: written(argument), value: valueAsWritten(winner) }),
      span: argument.flagSpan,
      related: [{ span: winner.span, message: say("rule.counts") }],
      fixes: oneOfTwo(argument, winner),
    };
  }
});

/** A flag that the release still accepts but does not use (its `status` in schemas/releases). */
const flagWithoutEffect = onEach("assignment", function* ({ assignment: { flag, argument } }, { release }) {
  if (flag.status === "active") return;
  const deprecated = flag.status.startsWith("deprecated");
  const checked = flag.status.startsWith("checked");
  yield {
    ...(deprecated && { variant: "deprecated" as const }),
    flag: flag.name,
    message: say(checked ? "rule.only-checked" : "rule.without-effect", {
      release: release.name,
      flag: written(argument),
    }),
    span: argument.span,
    fixes: [removal(argument, true)],
  };
});

export const rules = {
  "argparse-repeated-flag": repeatedFlag,
  "yaml-duplicate-key": duplicateKeys,
  "flag-without-effect": flagWithoutEffect,
} satisfies DetectorsIn<"judgement/rules/occurrence.ts">;

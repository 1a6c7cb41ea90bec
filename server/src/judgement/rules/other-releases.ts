/** Rules about flags and words that another release has, but not the judging one. */
import type { Argument, Launch } from "../../launch/launch";
import { say } from "../../messages";
import type { Fix } from "../finding";
import { type Elsewhere, flagElsewhere, wordElsewhere } from "../moves/elsewhere";
import { type DetectorsIn, onFault } from "./detector";
import { quoted, removal, written } from "./rule";

const flagOfAnotherRelease = onFault(["unknown"], ({ argument }, context) => {
  const found = flagElsewhere(argument, context);
  if (!found) return undefined;
  const absent = argument.shape === "absent";
  const became = becameOf(written(argument), found);
  return {
    ...(absent && { variant: "left-out" }),
    flag: argument.flag,
    message: absent
      ? say("rule.gone-left-out", { became })
      : say("rule.gone-refused", { became, release: context.release.name }),
    span: argument.flagSpan,
    ...(found.knownBy && { knownBy: found.knownBy }),
    fixes: absent ? [removal(argument, true)] : [moveFix(argument, found, context.launch)],
  };
});

const wordOfAnotherRelease = onFault(["choice"], ({ argument, flag, word }, context) => {
  const found = word.text === undefined ? undefined : wordElsewhere(argument, flag.name, word.text, context);
  if (!found) return undefined;
  const what = say("rule.value-of", { word: quoted(word.text ?? word.source), flag: written(argument) });
  const became = becameOf(what, found);
  const release = context.release.name;
  const known = (flag.choices ?? []).filter((choice) => choice !== null).map((choice) => `\`${choice}\``);
  return {
    flag: flag.name,
    message: found.say
      ? say("rule.gone-value", { became, release })
      : say("rule.gone-value-choices", { became, release, choices: known.join(", ") }),
    span: word.span,
    ...(found.knownBy && { knownBy: found.knownBy }),
    fixes: [moveFix(argument, found, context.launch)],
  };
});

/** "`--enable_fa3` was removed in v1.2.0; attention backends are now chosen with …." */
export function becameOf(what: string, { when, say: why }: Elsewhere): string {
  return why ? say("moves.became-for", { what, when, why }) : say("moves.became", { what, when });
}

/** The fix that writes the replacement of a flag or word; if there is none, it removes it. */
export function moveFix(argument: Argument, { writes, changes, lost }: Elsewhere, launch: Launch): Fix {
  if (writes.length === 0) return removal(argument, true);
  const what = writes
    .map((one) => `\`${one}\``)
    .reduce((first, second) => say("rule.and", { first, second }));
  const title = say("rule.replace-by", { what });
  if (lost !== undefined)
    return { title: say("rule.replace-by-with-loss", { what }), kind: "choice", preferred: true, changes };
  // If the launch already has the replacing flag, it is uncertain which of the two is meant.
  const given = new Set(launch.arguments.filter((other) => other !== argument).map(({ flag }) => flag));
  const meets = changes.some(
    (one) =>
      (one.kind === "add" && given.has(one.flag)) ||
      (one.kind === "rename" && given.has(one.to)) ||
      (one.kind === "set" && one.argument !== argument && given.has(one.argument.flag)),
  );
  return { title, kind: meets ? "choice" : "spelling", preferred: true, changes };
}

export const rules = {
  "flag-of-another-release": flagOfAnotherRelease,
  "value-of-another-release": wordOfAnotherRelease,
} satisfies DetectorsIn<"judgement/rules/other-releases.ts">;

/** Rules about flags and words that another release has, but not the judging one. */
import type { Argument, Launch } from "../../launch/launch";
import type { Fix } from "../finding";
import { type Elsewhere, flagElsewhere, wordElsewhere } from "../moves/elsewhere";
import { type DetectorsIn, onFault } from "./detector";
import { quoted, removal, written } from "./rule";

const flagOfAnotherRelease = onFault(["unknown"], ({ argument }, context) => {
  const found = flagElsewhere(argument, context);
  if (!found) return undefined;
  const absent = argument.shape === "absent";
  const outcome = absent
    ? "Left out, it does nothing."
    : `LightLLM ${context.release.name} refuses to start.`;
  return {
    ...(absent && { variant: "left-out" }),
    flag: argument.flag,
    message: `${becameOf(written(argument), found)} ${outcome}`,
    span: argument.flagSpan,
    ...(found.knownBy && { knownBy: found.knownBy }),
    fixes: absent ? [removal(argument, true)] : [moveFix(argument, found, context.launch)],
  };
});

const wordOfAnotherRelease = onFault(["choice"], ({ argument, flag, word }, context) => {
  const found = word.text === undefined ? undefined : wordElsewhere(argument, flag.name, word.text, context);
  if (!found) return undefined;
  const what = `The value ${quoted(word.text ?? word.source)} of ${written(argument)}`;
  const known = (flag.choices ?? []).filter((choice) => choice !== null).map((choice) => `\`${choice}\``);
  const rest = found.say ? "" : ` It takes ${known.join(", ")}.`;
  return {
    flag: flag.name,
    message: `${becameOf(what, found)} LightLLM ${context.release.name} refuses it.${rest}`,
    span: word.span,
    ...(found.knownBy && { knownBy: found.knownBy }),
    fixes: [moveFix(argument, found, context.launch)],
  };
});

/** "`--enable_fa3` was removed in v1.2.0; attention backends are now chosen with …." */
export function becameOf(what: string, { when, say }: Elsewhere): string {
  return `${what} ${when}${say ? `; ${say}` : ""}.`;
}

/** The fix that writes the replacement of a flag or word; if there is none, it removes it. */
export function moveFix(argument: Argument, { writes, changes, lost }: Elsewhere, launch: Launch): Fix {
  if (writes.length === 0) return removal(argument, true);
  const title = `Replace by ${writes.map((one) => `\`${one}\``).join(" and ")}`;
  if (lost !== undefined)
    return { title: `${title}: something is lost`, kind: "choice", preferred: true, changes };
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

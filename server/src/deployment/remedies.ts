/** Changes that give a launch the value of another. */
import { writtenName } from "../judgement/rules/rule";
import type { LaunchChange } from "../launch/launch-change";
import { shortened } from "../launch/visible-text";
import { say } from "../messages";
import { holdsUnknown, isList, show, type Value } from "../python/values";
import type { Member, Remedy } from "./deployment";
import { factsOf } from "./launch-facts";

/** The change that gives a member the value that another has for a flag; none if that cannot be written. */
export function likeOther(member: Member, other: Member, flag: string): Remedy[] {
  const source = factsOf(other).assignment(flag);
  const value = factsOf(other).value(flag);
  const texts = source?.words.map(({ text }) => text);
  const known = texts?.every((text) => text !== undefined) ? texts : undefined;
  if (holdsUnknown(value)) return [];
  const words = typeof value === "boolean" ? [] : (known ?? wordsOf(value));
  return setTo(member, flag, value, words);
}

/** The change that gives a member a value for a flag, written as these words. */
export function setTo(member: Member, flag: string, value: Value, words: readonly string[]): Remedy[] {
  const { launch, release } = member.launch;
  if (!release.byName.has(`--${flag}`)) return [];
  const assignment = factsOf(member).assignment(flag);
  const name = writtenName(`--${flag}`, launch);
  const leavesOut = value === null || value === false;
  if (leavesOut && !assignment) return [];
  const change: LaunchChange = leavesOut
    ? { kind: "remove", argument: (assignment as NonNullable<typeof assignment>).argument }
    : assignment
      ? { kind: "set", argument: assignment.argument, words }
      : { kind: "add", launch, flag: `--${flag}`, words };
  const title = leavesOut
    ? say("rule.remove", { what: `\`${name}\`` })
    : words.length === 0
      ? say("deployment.add-flag", { flag: name })
      : say("deployment.set-flag", { flag: name, value: shortened(words.join(" ")) });
  return [{ title, kind: "choice", member, changes: [change] }];
}

function wordsOf(value: Value): string[] {
  return isList(value) ? value.map((one) => show(one)) : [show(value)];
}

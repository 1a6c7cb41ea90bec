/** Finds the launches whose value of a flag differs from that of the others. */
import type { Agreement } from "../catalogue/types";
import { writtenName } from "../judgement/rules/rule";
import { shortened } from "../launch/visible-text";
import { say } from "../messages";
import { fingerprint, holdsUnknown, show, type Value } from "../python/values";
import type { Member, Remedy } from "./deployment";
import { factsOf } from "./launch-facts";
import { likeOther } from "./remedies";
import type { Clash } from "./rules/deployment-rule";

/** A member that differs, and one of those that it differs from. */
export interface Difference {
  readonly member: Member;
  readonly other: Member;
  readonly flag: string;
}

/**
 * The members that differ from most of the others in a flag; of two halves, those that differ from the first member.
 * An unknown value is not compared.
 */
export function differencesIn(members: readonly Member[], agreement: Agreement): readonly Difference[] {
  const { flag, if: when } = agreement;
  const compared = members.filter((member) => {
    const facts = factsOf(member);
    return (
      member.launch.release.byName.has(`--${flag}`) &&
      !holdsUnknown(facts.value(flag)) &&
      (when === undefined || facts.holds(when))
    );
  });
  const byValue = new Map<string, Member[]>();
  // Defaults that differ because the releases do are not anybody's mistake.
  const isWritten = compared.some((member) => factsOf(member).isGiven(flag));
  const releases = new Set(compared.map(({ launch }) => launch.release));
  if (!isWritten && releases.size > 1) return [];
  for (const member of compared) {
    const key = keyOf(factsOf(member).value(flag), agreement);
    const same = byValue.get(key);
    if (same) same.push(member);
    else byValue.set(key, [member]);
  }
  const [most] = [...byValue.values()].sort((a, b) => b.length - a.length);
  const [other] = most ?? [];
  if (!most || !other) return [];
  return compared.filter((member) => !most.includes(member)).map((member) => ({ member, other, flag }));
}

/** The members that give a flag, and those that leave it to their model, whose own value is not known. */
export function givenAndNot(
  members: readonly Member[],
  { flag }: Agreement,
): { readonly given: readonly Member[]; readonly left: readonly Member[] } {
  const all = members.filter(({ launch }) => launch.release.byName.has(`--${flag}`));
  const isUnknown = (member: Member) => holdsUnknown(factsOf(member).value(flag));
  return {
    given: all.filter((member) => factsOf(member).isGiven(flag) && !isUnknown(member)),
    left: all.filter((member) => member.launch.values.given(flag) === false && isUnknown(member)),
  };
}

/** A value for comparison; of a path, only the last part. */
function keyOf(value: Value, { path }: Agreement): string {
  if (!path) return fingerprint(value);
  const last = (one: Value) => (typeof one === "string" ? lastPartOf(one) : fingerprint(one));
  return Array.isArray(value) ? [...new Set(value.map(last))].join("\n") : last(value);
}

/** The last part of a path. */
export function lastPartOf(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? path
  );
}

/** A difference as a finding, with fixes for either side. @param message says what it leads to. */
export function clashOf(
  { member, other, flag }: Difference,
  message: (shown: { flag: string; value: string; other: string }) => string,
  isEven = false,
): Omit<Clash<never>, "variant"> {
  const name = writtenName(`--${flag}`, member.launch.launch);
  const remedies = (): Remedy[] => [
    ...likeOther(member, other, flag),
    ...(isEven ? likeOther(other, member, flag) : []),
  ];
  return {
    member,
    span: factsOf(member).placeOf(flag),
    flag: `--${flag}`,
    message: message({ flag: name, value: shownValue(member, flag), other: shownValue(other, flag) }),
    others: [
      {
        member: other,
        span: factsOf(other).placeOf(flag),
        message: say("deployment.is-here", {
          flag: writtenName(`--${flag}`, other.launch.launch),
          value: shownValue(other, flag),
        }),
      },
    ],
    remedies,
  };
}

/** A value for a message, with a mark if it is the default. */
export function shownValue(member: Member, flag: string): string {
  const value = factsOf(member).value(flag);
  if (value === true) return say("deployment.value-on");
  if (value === false) return say("deployment.value-off");
  if (value === null || (Array.isArray(value) && value.length === 0)) return say("deployment.value-none");
  const shown = shortened(show(value));
  return factsOf(member).isGiven(flag) ? shown : say("deployment.value-default", { value: shown });
}

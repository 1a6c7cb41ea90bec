/** All checks, and the failures of a text. */
import { Case, type Edited } from "./case";
import type { Area, Check, Failure } from "./check";
import { COMPLETION } from "./completion";
import { CONVERSIONS } from "./conversions";
import { DIAGNOSTICS } from "./diagnostics";
import { FIXES } from "./fixes";
import { HOVER } from "./hover";
import { MOVING } from "./moving";
import { OUTLINE } from "./outline";
import { READING } from "./reading";
import { RELEASES } from "./releases";

export type { Edited } from "./case";
export { AREAS, type Area } from "./check";

/** The properties of every text. */
export const CHECKS: readonly Check[] = [
  ...READING,
  ...DIAGNOSTICS,
  ...COMPLETION,
  ...HOVER,
  ...FIXES,
  ...OUTLINE,
  ...MOVING,
  ...CONVERSIONS,
  ...RELEASES,
];

/** A check that a text fails. */
export interface Failed extends Failure {
  readonly check: string;
  readonly area: Area;
}

const OPENING: Pick<Check, "name" | "area"> = { name: "a text can be opened", area: "reading" };

/**
 * The failures of a text.
 *
 * @param areas the areas to check
 * @param thorough whether to check everything, not a random part
 */
export function failuresOf(edited: Edited, areas: readonly Area[], thorough = false): Failed[] {
  const failed: Failed[] = [];
  const attempt = ({ name, area }: Pick<Check, "name" | "area">, run: () => Iterable<Failure>) => {
    try {
      for (const failure of run()) failed.push({ ...failure, check: name, area });
    } catch (error) {
      failed.push({ ...thrown(error), check: name, area });
    }
  };
  let asked: Case | undefined;
  attempt(OPENING, () => {
    asked = Case.open(edited, thorough);
    return [];
  });
  if (!asked) return failed;
  const opened = asked;
  for (const one of CHECKS) if (areas.includes(one.area)) attempt(one, () => one.check(opened));
  return failed;
}

function thrown(error: unknown): Failure {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const frame = /^\s+at (?:new )?([\w$.<>]+)/m.exec(stack)?.[1] ?? "";
  return {
    of: `${frame}: ${message.replace(/\d+/g, "…").slice(0, 60)}`,
    message: stack.split("\n").slice(0, 8).join("\n"),
  };
}

/** Two failures with the same key are reported as one. */
export function keyOf({ check, of }: Failed): string {
  return `${check}: ${of}`;
}

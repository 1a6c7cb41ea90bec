/** A launch that the user has only begun: what it lacks is not shown before it is left or saved. */
import type { Finding } from "../judgement/finding";
import { type LaunchDocument, launchAt } from "./document";

const seen = new WeakMap<LaunchDocument, LaunchDocument>();

/** The same document with the launch at an offset marked as begun; unchanged without an offset. */
export function withBegun(launchDocument: LaunchDocument, offset: number | undefined): LaunchDocument {
  const begun = offset === undefined ? undefined : launchAt(launchDocument, offset)?.launch;
  if (!begun) return launchDocument;
  const before = seen.get(launchDocument);
  if (before?.begun === begun) return before;
  const marked = { ...launchDocument, begun };
  seen.set(launchDocument, marked);
  return marked;
}

/** Whether to show a finding: it is not about a key that a begun launch does not have yet. */
export function isShown({ begun }: LaunchDocument, { launch, flag }: Finding): boolean {
  if (!begun || launch !== begun || begun.form.kind !== "mapping" || flag === undefined) return true;
  return begun.arguments.some((argument) => argument.flag === flag);
}

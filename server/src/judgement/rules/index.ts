/** Runs the rules in code. The generated `registry.ts` lists them. */
import type { RuleCode } from "../../../../schemas/generated/rules";
import type { Catalogue } from "../../catalogue/types";
import type { Fault } from "../argparse";
import { type Finding, findingOf } from "../finding";
import type { Detector, FileContext, Subject } from "./detector";
import { DETECTORS } from "./registry";
import type { RuleContext } from "./rule";

/** All findings of the rules in code for one subject. */
export function* findingsOn(subject: Subject, context: RuleContext | FileContext): Generator<Finding> {
  const rules = context.catalogue.rules();
  for (const [code, detector] of detectorsOf(subject.kind, context.catalogue))
    for (const report of detector.detect(subject, context)) yield findingOf(rules[code], report);
}

/** The finding for an error of the argument parser: from the first rule that reports it. */
export function findingOnFault(fault: Fault, context: RuleContext): Finding | undefined {
  for (const finding of findingsOn(fault, context)) return finding;
  return undefined;
}

type Entry = readonly [code: RuleCode, detector: Detector];

const known = new WeakMap<Catalogue, ReadonlyMap<Subject["kind"], readonly Entry[]>>();

/** The rules for one kind of subject; a rule comes before the rules in its `instead-of`. */
function detectorsOf(kind: Subject["kind"], catalogue: Catalogue): readonly Entry[] {
  let byKind = known.get(catalogue);
  if (!byKind) {
    byKind = sorted(catalogue);
    known.set(catalogue, byKind);
  }
  return byKind.get(kind) ?? [];
}

function sorted(catalogue: Catalogue): ReadonlyMap<Subject["kind"], readonly Entry[]> {
  const rules = catalogue.rules();
  const height = (code: RuleCode): number =>
    1 + Math.max(0, ...(rules[code].insteadOf ?? []).map((other) => height(other)));
  const byKind = new Map<Subject["kind"], Entry[]>();
  for (const entry of entriesOf(DETECTORS)) {
    for (const kind of entry[1].about) byKind.set(kind, [...(byKind.get(kind) ?? []), entry]);
  }
  for (const entries of byKind.values()) entries.sort(([a], [b]) => height(b) - height(a));
  return byKind;
}

function entriesOf<Key extends string, Value>(all: Readonly<Record<Key, Value>>): [Key, Value][] {
  const entries: [Key, Value][] = [];
  for (const key in all) entries.push([key, all[key]]);
  return entries;
}

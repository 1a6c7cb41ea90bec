/** Findings of the rules that are data: refusals and changes of the start-up, and problems after it. */

import type { ValueRule } from "../../catalogue/rule-facts";
import { headOf } from "../../launch/launch";
import { say } from "../../messages";
import { expression } from "../../python/expression";
import { holdsUnknown, type PythonError, show, type Value } from "../../python/values";
import type { Assignment } from "../argparse";
import type { EffectiveValues, StartupInput } from "../effective-values";
import { type Finding, type Fix, outcomeOf, withFixesLater } from "../finding";
import { ModelFolderError } from "../model/folder";
import { type Override, type Refusal, runStartup, type Startup } from "../startup";
import { asFix, type Cure, cureOf } from "./cures";
import { fillMessage, readsModel } from "./message";
import { quoted, type RuleContext, writtenName } from "./rule";
import { holds, speakingOnce, withValues } from "./speaking";

/** Findings of the rules over values, in LightLLM's order: refusals of the start-up first. */
export function valueFindings(
  startup: Startup,
  assignments: ReadonlyMap<string, Assignment>,
  context: RuleContext,
): Finding[] {
  const judge = new ValueJudge(startup, assignments, context);
  return [
    ...startup.refusals.flatMap((refusal) => judge.refusal(refusal)),
    ...startup.overrides.flatMap((override) => judge.override(override)),
    ...judge.rules(),
  ];
}

class ValueJudge {
  private readonly facts: ReadonlyMap<string, ValueRule>;

  constructor(
    private readonly startup: Startup,
    private readonly assignments: ReadonlyMap<string, Assignment>,
    private readonly context: RuleContext,
  ) {
    this.facts = factsById(context);
  }

  refusal({ code, step, values, error, failing }: Refusal): Finding[] {
    const rule = this.facts.get(code);
    if (!rule) return [];
    const named = flagsIn(failing, values);
    const own = step.refuses ? blamedFlags(rule, values) : named;
    const bare = [...named, ...own].find((flag) => this.isLeftWithoutValue(flag));
    if (bare !== undefined)
      return this.report(rule, values, [bare, ...own.filter((flag) => flag !== bare)], this.noValue(bare));
    const ofModel = error !== undefined && failing !== undefined && readsModel(failing);
    const flags = ofModel ? ["model_dir", ...own.filter((flag) => flag !== "model_dir")] : own;
    const message = error ? this.failure(error, failing, values, flags) : undefined;
    return this.report(rule, values, flags, message);
  }

  override({ step, flag, values, before, after }: Override): Finding[] {
    const rule = this.facts.get(step.id);
    if (!rule || show(before) === show(after)) return [];
    return this.report(rule, withValues(values, { flag: `--${flag}`, before, after }), [flag]);
  }

  *rules(): Generator<Finding> {
    for (const { rule, scope, flag } of speakingOnce(this.startup, this.context))
      yield* this.report(rule, scope, flag === undefined ? blamedFlags(rule, scope) : [flag]);
  }

  /**
   * The finding of a rule: it blames the first flag, and is placed at the first one that is written, or at the launch.
   */
  private report(
    rule: ValueRule,
    values: EffectiveValues,
    flags: readonly string[],
    failure?: string,
  ): Finding[] {
    const { launch } = this.context;
    const written = flags.map((flag) => this.assignments.get(flag)).filter((one) => one !== undefined);
    const stops = rule.effect === "refused" || rule.effect === "fails-later";
    if (written.length === 0 && !stops) return [];
    const [blamed, ...others] = written;
    const message = failure ?? this.message(rule, values);
    if (message === undefined) return [];
    const flag = flags[0] && `--${flags[0]}`;
    const finding = {
      ...outcomeOf(rule),
      ...(flag && { flag }),
      message,
      span: blamed?.argument.span ?? headOf(launch),
      ...(others.length > 0 && {
        related: others.map(({ argument, flag: { name } }) => ({
          span: argument.span,
          message: say("rule.is-here", {
            flag: writtenName(name, launch),
            value: show(values.value(name.slice(2))),
          }),
        })),
      }),
      launch,
    };
    return [withFixesLater(finding, () => this.fixes(rule, values))];
  }

  private message(rule: ValueRule, values: EffectiveValues): string | undefined {
    return messageOf(rule, values, this.context);
  }

  /** Whether a flag is written without a value that the argument parser misses: `--tp=--`. */
  private isLeftWithoutValue(flag: string): boolean {
    const assignment = this.assignments.get(flag);
    return (
      assignment?.argument.joined === true &&
      assignment.words.length === 0 &&
      assignment.flag.arity !== "none"
    );
  }

  private noValue(flag: string): string {
    const { release, launch } = this.context;
    return say("rule.dashes-for-value", { release: release.name, flag: writtenName(`--${flag}`, launch) });
  }

  /** Python's error message if LightLLM's own computation fails. */
  private failure(
    error: PythonError,
    failing: string | undefined,
    values: EffectiveValues,
    flags: readonly string[],
  ): string {
    const { release } = this.context;
    if (failing !== undefined && readsModel(failing)) {
      const folder = show(values.value("model_dir")) || "''";
      const isPath = error instanceof ModelFolderError && error.isPath;
      return say(isPath ? "rule.model-path-wrong" : "rule.model-unreadable", {
        release: release.name,
        folder,
        error: error.message,
        flag: writtenName("--model_dir", this.context.launch),
      });
    }
    const given = flags.flatMap((flag) => {
      const value = values.value(flag);
      const isShown = !holdsUnknown(value) && show(value) !== "";
      return isShown ? [`${writtenName(`--${flag}`, this.context.launch)} = ${show(value)}`] : [];
    });
    const about = { release: release.name, error: error.message };
    if (given.length === 0) return say("rule.stops-at-start", about);
    return say("rule.fails-at-start", { ...about, step: failing ?? "", given: given.join(", ") });
  }

  /**
   * The fixes that solve the problem without a new error. The first without any new finding is preferred, else the
   * first; a stand-in never is.
   */
  private fixes(rule: ValueRule, values: EffectiveValues): Fix[] {
    const before = said(this.startup, this.context);
    const found: { cure: Cure; isQuiet: boolean }[] = [];
    const cures = rule.cures.map((facts) => cureOf(facts, values, this.assignments, this.context));
    for (const cure of [snapshotCure(values, this.assignments), ...cures]) {
      if (!cure || found.some((other) => sameChanges(other.cure, cure))) continue;
      const after = said(this.startupAfter(cure), this.context);
      if (after.all.filter((id) => id === rule.id).length >= before.all.filter((id) => id === rule.id).length)
        continue;
      const fresh = (ids: readonly string[]) => ids.filter((id) => !before.all.includes(id));
      if (fresh(after.errors).length > 0) continue;
      found.push({ cure, isQuiet: fresh(after.all).length === 0 });
    }
    // Fixes after a stand-in are workarounds; writing the real value is more likely.
    const standIn = found.findIndex(({ cure }) => cure.kind === "stand-in");
    const certain = standIn < 0 ? found : found.slice(0, standIn);
    const preferred = certain.find(({ isQuiet }) => isQuiet) ?? certain[0];
    return found.map((one) => asFix(one.cure, one === preferred));
  }

  /** The start-up after a fix. */
  private startupAfter({ after }: Cure): Startup {
    const { input } = this.startup.values;
    const values = new Map<string, Value>(input.written.values);
    for (const [key, value] of after) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    }
    const changed: StartupInput = { ...input, written: { ...input.written, values } };
    return runStartup(changed);
  }
}

/** The fix that names the snapshot in an entry of the Hugging Face cache. */
function snapshotCure(
  values: EffectiveValues,
  assignments: ReadonlyMap<string, Assignment>,
): Cure | undefined {
  const assignment = assignments.get("model_dir");
  const folder = values.effective("model_dir")?.value;
  if (typeof folder !== "string" || assignment?.words[0]?.text !== folder) return undefined;
  const found = values.input.surroundings.model(folder);
  const snapshot = found.kind === "folder" ? found.files.snapshot : undefined;
  if (!snapshot) return undefined;
  const path = `${folder.replace(/[\\/]+$/, "")}/${snapshot.path}`;
  const title = say("files.use-snapshot", { path: quoted(path) });
  const changes = [{ kind: "set", argument: assignment.argument, words: [path] }] as const;
  return { title, kind: "choice", changes, after: new Map([["model_dir", path]]) };
}

/** The codes of the rules that report about a launch. */
interface Said {
  /** Codes with severity error: LightLLM refuses, or certainly fails later. */
  readonly errors: readonly string[];
  /** A code is repeated for each finding. */
  readonly all: readonly string[];
}

function said(startup: Startup, context: RuleContext): Said {
  const refused = startup.refusals.map(({ code }) => code);
  const facts = factsById(context);
  const replaced = startup.overrides.map(({ step }) => step.id).filter((id) => facts.has(id));
  const rules = speakingOnce(startup, context).map(({ rule }) => rule);
  return {
    errors: [...refused, ...rules.filter((rule) => rule.severity === "error").map(({ id }) => id)],
    all: [...refused, ...replaced, ...rules.map(({ id }) => id)],
  };
}

function sameChanges(a: Cure, b: Cure): boolean {
  const entries = ({ after }: Cure) =>
    [...after].map(([key, value]) => `${key} ${value === undefined ? "" : show(value)}`);
  return entries(a).sort().join() === entries(b).sort().join();
}

/** The message of a rule for these values; undefined if it has none for them. */
export function messageOf(
  rule: ValueRule,
  values: EffectiveValues,
  { launch }: Pick<RuleContext, "launch">,
): string | undefined {
  const chosen = rule.messages.find((one) => one.if === undefined || holds(expression(one.if), values));
  return chosen && fillMessage(chosen.say, values, launch);
}

/** The flags of a rule to blame for these values. */
export function blamedFlags({ flags }: ValueRule, values: EffectiveValues): string[] {
  return flags
    .filter((one) => typeof one === "string" || holds(expression(one.if), values))
    .map((one) => (typeof one === "string" ? one : one.flag));
}

/** The flags in an expression. */
function flagsIn(source: string | undefined, values: EffectiveValues): string[] {
  if (source === undefined) return [];
  return expression(source).names.filter((name) => values.input.release.byName.has(`--${name}`));
}

const readFacts = new WeakMap<readonly ValueRule[], ReadonlyMap<string, ValueRule>>();

/** The rules over values by code. */
export function factsById({ catalogue }: RuleContext): ReadonlyMap<string, ValueRule> {
  const rules = catalogue.valueRules();
  let byId = readFacts.get(rules);
  if (!byId) {
    byId = new Map(rules.map((rule) => [rule.id, rule]));
    readFacts.set(rules, byId);
  }
  return byId;
}

/** Steps between two consecutive releases: for flags, values and variables that the next release does not have. */

import { environmentVariable, isReadBy } from "../../catalogue/environment-docs";
import type { Move } from "../../catalogue/move-facts";
import type { Release } from "../../catalogue/types";
import { type Argument, flagName } from "../../launch/launch";
import type { LaunchChange, VariableChange } from "../../launch/launch-change";
import { say } from "../../messages";
import { expression, valueOrUnknown } from "../../python/expression";
import { fingerprint, PythonError, truth } from "../../python/values";
import type { Assignment } from "../argparse";
import { defaultValues } from "../launch-values";
import { changeTitle, removals } from "../rules/cures";
import { fillMessage } from "../rules/message";
import { writtenName } from "../rules/rule";
import { fitting, wordsOfValue } from "../words-of-values";

import type { Departure } from "./departure";
import { inPlace, type Step } from "./step";

/** All steps that migrate a launch to the next release. */
export function cross(from: Departure, to: Release, moves: readonly Move[]): Step[] {
  const crossing = new Crossing(from, to, moves);
  return [...crossing.flags(), ...crossing.absent(), ...crossing.variables(), ...crossing.others()];
}

/** The step for one flag only. */
export function crossFlag(
  from: Departure,
  to: Release,
  moves: readonly Move[],
  assignment: Assignment,
): Step | undefined {
  return new Crossing(from, to, moves).flag(assignment);
}

class Crossing {
  /** Flags that the launch has, or that a step has added. */
  private readonly taken: Set<string>;

  constructor(
    private readonly from: Departure,
    private readonly to: Release,
    private readonly moves: readonly Move[],
  ) {
    this.taken = new Set(from.launch.arguments.filter(({ counts }) => counts).map(({ flag }) => flag));
  }

  *flags(): Generator<Step> {
    for (const assignment of this.from.assignments) {
      const step = this.flag(assignment);
      if (step) yield step;
    }
  }

  flag(assignment: Assignment): Step | undefined {
    const { flag, argument } = assignment;
    const stays = this.to.byName.has(flag.name);
    const candidates = this.moves.filter((move) => move.flag === flag.key);
    const applying = this.applying(candidates);
    const move = applying === "unsure" && !stays ? (this.leaving(candidates) ?? applying) : applying;
    const about = { about: flag.name, argument };
    if (move === "unsure") return stays ? undefined : { ...about, ...this.unsure(argument, candidates) };
    if (move) {
      const added = this.additions(move, argument);
      const rewritten = Object.hasOwn(move.set ?? {}, flag.key);
      const removed = rewritten || (stays && !move.remove) ? [] : this.removed(flag.key);
      // Another move may write it anew, with its new meaning.
      if (removed.length > 0) this.taken.delete(flag.name);
      const changes = inPlace(added, removed) ?? [...added, ...removed];
      const words = applying === "unsure" ? this.possibleWords(candidates, move) : this.words(move);
      return { ...about, ...words, writes: this.titles(added), changes, variableChanges: [] };
    }
    if (stays) return undefined;
    const usual = defaultValues(this.from.release).get(flag.key) ?? null;
    const isDefault = fingerprint(this.from.values.value(flag.key)) === fingerprint(usual);
    return {
      ...about,
      say: say("moves.nothing-takes-its-place"),
      writes: [],
      changes: this.removed(flag.key),
      variableChanges: [],
      ...(!isDefault && {
        lost: say("moves.no-flag", { release: this.to.name, flag: writtenName(flag.name, this.from.launch) }),
      }),
    };
  }

  /** Flags that the notation leaves out (`enable_fa3: false`): the next release need not have them. */
  *absent(): Generator<Step> {
    for (const argument of this.from.launch.arguments) {
      const { counts, shape, flag } = argument;
      if (!counts || shape !== "absent" || this.to.byName.has(flag) || !this.from.release.byName.has(flag))
        continue;
      const changes: LaunchChange[] = [{ kind: "remove", argument }];
      const why = say("moves.did-nothing");
      yield { about: flag, argument, say: why, writes: [], changes, variableChanges: [] };
    }
  }

  *variables(): Generator<Step> {
    const { launch, release, catalogue } = this.from;
    for (const variable of launch.environment) {
      const known = environmentVariable(catalogue, variable.name);
      if (!known?.kind.startsWith("read") || !isReadBy(known, release)) continue;
      const candidates = this.moves.filter((move) => move.variable === variable.name);
      const move = this.applying(candidates);
      if (isReadBy(known, this.to) && (move === undefined || move === "unsure" || !move.remove)) continue;
      const about = { about: variable.name, variable };
      if (move === "unsure") {
        const why = this.filled(candidates[0]?.say ?? "");
        const lost = say("moves.value-unknown", { name: variable.name, why });
        yield { ...about, say: why, writes: [], changes: [], variableChanges: [], lost };
        continue;
      }
      const change: VariableChange = move?.rename
        ? { kind: "renameVariable", variable, to: move.rename }
        : { kind: "removeVariable", variable };
      const changes = move ? this.additions(move) : [];
      yield {
        ...about,
        ...(move ? this.words(move) : { say: say("moves.not-read", { release: this.to.name }) }),
        writes: [...(move?.rename ? [move.rename] : []), ...this.titles(changes)],
        changes,
        variableChanges: [change],
      };
    }
  }

  /** Moves that apply to every launch. */
  *others(): Generator<Step> {
    for (const move of this.moves) {
      if (move.flag !== undefined || move.variable !== undefined || this.holds(move) !== true) continue;
      const changes = this.additions(move);
      if (changes.length > 0)
        yield { ...this.words(move), writes: this.titles(changes), changes, variableChanges: [] };
    }
  }

  /** The first move whose condition is true; `unsure` if an earlier condition is unknown. */
  private applying(candidates: readonly Move[]): Move | "unsure" | undefined {
    for (const move of candidates) {
      const holds = this.holds(move);
      if (holds === true) return move;
      if (holds === undefined) return "unsure";
    }
    return undefined;
  }

  /** The first move that may apply, if whatever applies only takes the flag out. */
  private leaving(candidates: readonly Move[]): Move | undefined {
    const possible = this.possible(candidates);
    const writesNothing = ({ set, add, rename }: Move) => !set && !add && rename === undefined;
    return possible.every(writesNothing) ? possible[0] : undefined;
  }

  /** The moves that may apply, up to the first that certainly would; empty if none would. */
  private possible(candidates: readonly Move[]): readonly Move[] {
    const possible = candidates.filter((move) => this.holds(move) !== false);
    return possible.slice(0, possible.findIndex((move) => this.holds(move) === true) + 1);
  }

  private holds({ if: condition }: Move): boolean | undefined {
    if (condition === undefined) return true;
    try {
      const holds = truth(expression(condition).evaluate(this.from.values));
      return typeof holds === "boolean" ? holds : undefined;
    } catch (error) {
      if (error instanceof PythonError) return false;
      throw error;
    }
  }

  private words({ say, lost, needs }: Move): Pick<Step, "say" | "lost" | "needs"> {
    return {
      say: this.filled(say),
      ...(lost !== undefined && { lost: this.filled(lost) }),
      ...(needs && { needs }),
    };
  }

  /** The words of a move that may apply: what is lost only in some cases is said as something that may be. */
  private possibleWords(candidates: readonly Move[], move: Move): Pick<Step, "say" | "lost" | "needs"> {
    const possible = this.possible(candidates);
    if (possible.every(({ lost }) => lost === move.lost)) return this.words(move);
    const all = possible.flatMap((one) => (one.lost === undefined ? [] : [this.filled(one.lost)]));
    const lost = [...new Set(all)];
    const words = { say: this.filled(move.say) };
    return lost.length === 0
      ? words
      : { ...words, lost: say("moves.perhaps", { count: lost.length, lost: lost.join(" ") }) };
  }

  private filled(template: string): string {
    return fillMessage(template, this.from.values, this.from.launch);
  }

  private unsure(argument: Argument, [move]: readonly Move[]): Omit<Step, "about" | "argument"> {
    const why = this.filled(move?.say ?? "");
    const lost = say("moves.value-unknown", { name: flagName(argument), why });
    return { say: why, writes: [], changes: [], variableChanges: [], lost };
  }

  private titles(changes: readonly LaunchChange[]): string[] {
    const { launch, catalogue } = this.from;
    return changes.flatMap((change) => changeTitle(change, { launch, release: this.to, catalogue }));
  }

  private removed(key: string): LaunchChange[] {
    const { launch, release, catalogue } = this.from;
    return removals(key, { launch, release, catalogue });
  }

  /** The flags that a move adds after its argument. */
  private additions({ set = {}, add = [], rename }: Move, argument?: Argument): LaunchChange[] {
    const { launch, values } = this.from;
    const at = argument && !argument.inherited ? { after: argument } : {};
    const changes: LaunchChange[] = [];
    const take = (name: string) => {
      if (this.taken.has(name) || !this.to.byName.has(name)) return false;
      this.taken.add(name);
      return true;
    };
    if (rename !== undefined && argument && take(`--${rename}`))
      changes.push({ kind: "rename", argument, to: `--${rename}` });
    for (const [key, formula] of Object.entries(set)) {
      const flag = this.to.byName.get(`--${key}`);
      const words = flag && wordsOfValue(fitting(valueOrUnknown(expression(formula), values), flag));
      if (!flag || !words) continue;
      if (argument?.flag === flag.name) changes.push({ kind: "set", argument, words });
      else if (take(flag.name)) changes.push({ kind: "add", launch, flag: flag.name, words, ...at });
    }
    for (const key of add)
      if (take(`--${key}`)) changes.push({ kind: "add", launch, flag: `--${key}`, words: [], ...at });
    return changes;
  }
}

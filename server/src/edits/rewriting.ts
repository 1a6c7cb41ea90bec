/** Rewrites a text step by step: applies changes, and reads the launches again before the next ones. */

import type { Catalogue } from "../catalogue";
import type { Argument, EnvironmentVariable, Launch, LaunchFile, TextChange, Word } from "../launch/launch";
import type { LaunchChange, VariableChange } from "../launch/launch-change";
import type { Notation } from "../notations";
import { editsOfChange } from "./change-edits";
import { applyEdits, TakenPlaces } from "./text-edits";

/** A change of one launch. */
export interface Task {
  /** Index of the launch; changes neither add nor remove launches. */
  readonly index: number;
  /** The launch that the change refers to. */
  readonly stated: Launch;
  readonly change: LaunchChange | VariableChange;
}

/** Changes that are applied together: in their order, with no two at the same place. */
interface Round {
  /** By place and text: a text that launches share is changed once. */
  readonly edits: Map<string, TextChange>;
  readonly taken: TakenPlaces;
  readonly tasks: Task[];
  /** Whether several new arguments of a launch may be written at the same place. */
  readonly isJoint: boolean;
  /** Indexes of the launches for which that is done. */
  readonly joint: Set<number>;
}

export class Rewriting {
  text: string;
  private read: readonly Launch[];
  /** Arguments with a new flag. */
  private readonly renamed = new Map<Argument, string>();
  /** The last flag inserted after an argument; the next one is inserted after it. */
  private readonly added = new Map<Argument, string>();

  /** @param file as the notation reads it. */
  constructor(
    { text, launches }: Pick<LaunchFile, "text" | "launches">,
    private readonly notation: Notation,
    private readonly catalogue: Catalogue,
    /** What is read of one text is used again for the next. */
    private readonly cache = notation.newCache(),
  ) {
    this.text = text;
    this.read = launches;
  }

  /** A launch in the current text. */
  launch(index: number): Launch {
    const launch = this.read[index];
    if (!launch) throw new Error(`The text has no launch ${index}.`);
    return launch;
  }

  /**
   * Applies changes, those of one launch in their order. A text that launches share (an `export` above them, an array)
   * is changed once.
   *
   * @returns the changes that could not be written.
   */
  perform(tasks: readonly Task[]): ReadonlySet<Task> {
    const failed = new Set<Task>();
    let waiting = byLaunch(tasks);
    let isJoint = true;
    while (waiting.length > 0) {
      const round: Round = {
        edits: new Map(),
        taken: new TakenPlaces(),
        tasks: [],
        isJoint,
        joint: new Set(),
      };
      const left = waiting.map((own) => this.take(own, round, failed));
      const { text, read } = this;
      const isApplied = this.apply([...round.edits.values()]);
      const isAsAsked = (index: number) => {
        const own = round.tasks.filter((task) => task.index === index);
        return isApplied && hasAdded(read[index], this.read[index], own);
      };
      if (![...round.joint].every(isAsAsked)) {
        // Here they must be written one after the other.
        this.text = text;
        this.read = read;
        isJoint = false;
        continue;
      }
      if (isApplied) this.remember(round.tasks);
      else if (waiting.length > 1) {
        // One of them cannot be applied; try each launch alone.
        for (const own of waiting) for (const task of this.perform(own)) failed.add(task);
        return failed;
      } else for (const task of round.tasks) failed.add(task);
      waiting = left.filter((own) => own.length > 0);
    }
    return failed;
  }

  /** Applies edits to the current text. @returns true if they change it and no launch is lost. */
  apply(edits: readonly TextChange[]): boolean {
    if (edits.length === 0) return false;
    const text = applyEdits(this.text, edits);
    const launches = text === this.text ? [] : this.notation.find(text, this.cache).launches;
    if (launches.length !== this.read.length) return false;
    this.read = launches;
    this.text = text;
    return true;
  }

  /** Goes back to an earlier text with the same launches. */
  restore(text: string): void {
    this.read = this.notation.find(text, this.cache).launches;
    this.text = text;
  }

  /** Selects the changes of this round. @returns the changes for later rounds. */
  private take(own: readonly Task[], round: Round, failed: Set<Task>): readonly Task[] {
    let before: Insertion | undefined;
    for (const [at, task] of own.entries()) {
      const edits = this.editsOf(task);
      const news = edits.filter((edit) => !round.edits.has(keyOfEdit(edit)));
      const insertion = insertionOf(task, edits);
      if (round.isJoint && follows(before, insertion)) round.joint.add(task.index);
      else if (!round.taken.take(news)) return own.slice(at);
      before = insertion;
      if (edits.length === 0) failed.add(task);
      else {
        for (const edit of news) round.edits.set(keyOfEdit(edit), edit);
        round.tasks.push(task);
      }
    }
    return [];
  }

  private editsOf({ index, stated, change }: Task): readonly TextChange[] {
    const now = this.launch(index);
    if (!isOfVariable(change)) {
      const here = this.relocated(change, stated, now);
      return here ? editsOfChange(this.notation, this.text, now, here, this.catalogue) : [];
    }
    const written = change.kind === "addVariable" ? change.after : change.variable;
    const variable = sameVariable(written, stated, now);
    if (!variable) return [];
    const here =
      change.kind === "addVariable" ? { ...change, launch: now, after: variable } : { ...change, variable };
    return this.notation.writeVariable(this.text, now, here);
  }

  private remember(tasks: readonly Task[]): void {
    for (const { change } of tasks) {
      if (change.kind === "rename") this.renamed.set(change.argument, change.to);
      if (change.kind === "add" && change.after) this.added.set(change.after, change.flag);
    }
  }

  /**
   * A change that refers to an earlier version of the launch, for the current one; `undefined` if its argument is gone.
   */
  private relocated(change: LaunchChange, before: Launch, now: Launch): LaunchChange | undefined {
    switch (change.kind) {
      case "add": {
        const { after: stated, ...rest } = change;
        const last = stated && this.added.get(stated);
        const previous = last && now.arguments.find(({ flag }) => flag === last);
        const after = previous || (stated && this.sameArgument(stated, before, now));
        return { ...rest, launch: now, ...(after && { after }) };
      }
      case "setWord":
      case "removeWords":
        return before === now ? change : undefined;
      default: {
        const argument = this.sameArgument(change.argument, before, now);
        return argument && { ...change, argument };
      }
    }
  }

  /** The argument with the same flag; of several, the one with the same number. */
  private sameArgument(argument: Argument, before: Launch, now: Launch): Argument | undefined {
    const renamed = this.renamed.get(argument);
    if (renamed !== undefined) return now.arguments.find(({ flag }) => flag === renamed);
    // A rule may pass an argument with a corrected flag; its place identifies it.
    const isIt = ({ flagSpan }: Argument) => flagSpan.start === argument.flagSpan.start;
    const written = before.arguments.find(isIt)?.flag;
    const same = (launch: Launch) => launch.arguments.filter(({ flag }) => flag === written);
    const [olds, news] = [same(before), same(now)];
    const place = olds.findIndex(isIt);
    // If several are removed one after the other, those before this one are gone.
    return news[place - (olds.length - news.length)] ?? news[place];
  }
}

/** The place of a new argument that one edit writes. */
interface Insertion {
  readonly at: number;
  readonly after: Argument | undefined;
}

/** Undefined in a list: how the next element is written depends on the one before it, its quotes and its line. */
function insertionOf(
  { stated, change }: Task,
  [edit, another]: readonly TextChange[],
): Insertion | undefined {
  if (stated.form.kind === "list") return undefined;
  if (change.kind !== "add" || !edit || another || edit.span.start !== edit.span.end) return undefined;
  return { at: edit.span.start, after: change.after };
}

/** Whether a new argument would come after another one if the text were read between them. */
function follows(before: Insertion | undefined, next: Insertion | undefined): boolean {
  return before !== undefined && next?.at === before.at && next.after === before.after;
}

/** Whether a launch has all new arguments of its tasks, and its other arguments as they were. */
function hasAdded(before: Launch | undefined, now: Launch | undefined, tasks: readonly Task[]): boolean {
  if (!before || !now) return false;
  const touched = new Set(tasks.flatMap(({ change }) => namesIn(change)));
  const others = ({ arguments: given }: Launch) =>
    given.flatMap((argument) => (touched.has(argument.flag) ? [] : [said(argument)]));
  return (
    others(before).join("\n") === others(now).join("\n") &&
    tasks.every(({ change }) => change.kind !== "add" || countOf(change, now) === countOf(change, before) + 1)
  );
}

/** The flags that a change is about, with dashes. */
function namesIn(change: Task["change"]): string[] {
  if (change.kind === "add") return [change.flag];
  if (!("argument" in change)) return [];
  return [change.argument.flag, ...(change.kind === "rename" ? [change.to] : [])];
}

/** How many arguments of a launch say what a change adds. */
function countOf({ flag, words }: Extract<LaunchChange, { kind: "add" }>, launch: Launch): number {
  const wanted = said({ flag, words: words.map((text) => ({ text, source: text })) });
  return launch.arguments.filter((argument) => said(argument) === wanted).length;
}

function said({ flag, words }: { flag: string; words: readonly Pick<Word, "text" | "source">[] }): string {
  return JSON.stringify([flag, ...words.map(({ text, source }) => text ?? [source])]);
}

function keyOfEdit({ span, newText }: TextChange): string {
  return `${span.start} ${span.end} ${newText}`;
}

function byLaunch(tasks: readonly Task[]): (readonly Task[])[] {
  const groups = new Map<number, Task[]>();
  for (const task of tasks) {
    const group = groups.get(task.index) ?? [];
    groups.set(task.index, group);
    group.push(task);
  }
  return [...groups.values()];
}

function isOfVariable(change: LaunchChange | VariableChange): change is VariableChange {
  return change.kind.endsWith("Variable");
}

function sameVariable(
  variable: EnvironmentVariable,
  before: Launch,
  now: Launch,
): EnvironmentVariable | undefined {
  const same = (launch: Launch) => launch.environment.filter(({ name }) => name === variable.name);
  return same(now)[same(before).indexOf(variable)] ?? same(now)[0];
}

/** A text whose launches are changed step by step: changes are written, and the launches read again before the next ones. */

import type { Catalogue } from "../catalogue";
import type {
  Argument,
  EnvironmentVariable,
  Launch,
  LaunchChange,
  TextChange,
  VariableChange,
} from "../launch/launch";
import type { Notation } from "../notations";
import { editsOfChange } from "./change-edits";
import { apart, applyEdits } from "./text-edits";

/** A change of one launch of the text. */
export interface Task {
  /** Which launch of the text it is; changes neither add nor take away launches. */
  readonly index: number;
  /** The launch as it was read when the change was stated. */
  readonly stated: Launch;
  readonly change: LaunchChange | VariableChange;
}

/** What is written at once: changes of one launch in their order, as long as no two meet in one place. */
interface Round {
  readonly edits: TextChange[];
  readonly tasks: Task[];
}

export class Rewriting {
  private read: readonly Launch[];
  /** Arguments that have another flag now. */
  private readonly renamed = new Map<Argument, string>();
  /** What was added last behind an argument: what is added there next comes behind it. */
  private readonly added = new Map<Argument, string>();

  constructor(
    public text: string,
    private readonly notation: Notation,
    private readonly catalogue: Catalogue,
  ) {
    this.read = notation.find(text).launches;
  }

  /** A launch as it is now. */
  launch(index: number): Launch {
    const launch = this.read[index];
    if (!launch) throw new Error(`The text has no launch ${index}.`);
    return launch;
  }

  /**
   * Makes changes, those of one launch in their order. What launches share (an `export` above them, an array) is changed once.
   *
   * @returns those that could not be written.
   */
  perform(tasks: readonly Task[]): ReadonlySet<Task> {
    const failed = new Set<Task>();
    let waiting = byLaunch(tasks);
    while (waiting.length > 0) {
      const round: Round = { edits: [], tasks: [] };
      const left = waiting.map((own) => this.take(own, round, failed));
      if (this.apply(round.edits)) this.remember(round.tasks);
      else if (waiting.length > 1) {
        // One of them cannot be made; the others shall not suffer for it.
        for (const own of waiting) for (const task of this.perform(own)) failed.add(task);
        return failed;
      } else for (const task of round.tasks) failed.add(task);
      waiting = left.filter((own) => own.length > 0);
    }
    return failed;
  }

  /** Applies edits of the text as it is now. @returns whether they change anything, and leave the launches launches. */
  apply(edits: readonly TextChange[]): boolean {
    if (edits.length === 0) return false;
    const text = applyEdits(this.text, edits);
    const launches = text === this.text ? [] : this.notation.find(text).launches;
    if (launches.length !== this.read.length) return false;
    this.read = launches;
    this.text = text;
    return true;
  }

  /** Takes what can be made in this round. @returns what has to wait for the next. */
  private take(own: readonly Task[], round: Round, failed: Set<Task>): readonly Task[] {
    for (const [at, task] of own.entries()) {
      const edits = this.editsOf(task);
      const news = edits.filter((edit) => !round.edits.some((other) => isSame(edit, other)));
      const meets = news.some((edit) => round.edits.some((other) => !apart(edit.span, other.span)));
      if (meets) return own.slice(at);
      if (edits.length === 0) failed.add(task);
      else {
        round.edits.push(...news);
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

  /** A change that was stated for an earlier reading of the launch, for this one; nothing where its argument is gone. */
  private relocated(change: LaunchChange, before: Launch, now: Launch): LaunchChange | undefined {
    switch (change.kind) {
      case "add": {
        const { after: stated, ...rest } = change;
        const last = stated && this.added.get(stated);
        const behind = last && now.arguments.find(({ flag }) => flag === last);
        const after = behind || (stated && this.sameArgument(stated, before, now));
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

  /** The argument with the same flag, of several the one that was as many from the first. */
  private sameArgument(argument: Argument, before: Launch, now: Launch): Argument | undefined {
    const renamed = this.renamed.get(argument);
    if (renamed !== undefined) return now.arguments.find(({ flag }) => flag === renamed);
    // A rule may speak of an argument with its flag respelt; its place tells which one it is.
    const isIt = ({ flagSpan }: Argument) => flagSpan.start === argument.flagSpan.start;
    const written = before.arguments.find(isIt)?.flag;
    const same = (launch: Launch) => launch.arguments.filter(({ flag }) => flag === written);
    const [olds, news] = [same(before), same(now)];
    const place = olds.findIndex(isIt);
    // Of several that are taken out one after the other, those before this one are gone.
    return news[place - (olds.length - news.length)] ?? news[place];
  }
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

function isSame(a: TextChange, b: TextChange): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

function sameVariable(
  variable: EnvironmentVariable,
  before: Launch,
  now: Launch,
): EnvironmentVariable | undefined {
  const same = (launch: Launch) => launch.environment.filter(({ name }) => name === variable.name);
  return same(now)[same(before).indexOf(variable)] ?? same(now)[0];
}

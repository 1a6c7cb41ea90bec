/** A text whose launch is changed step by step: each change is written, and the launch read again before the next. */
import type {
  Argument,
  EnvironmentVariable,
  Launch,
  LaunchChange,
  TextChange,
  VariableChange,
} from "../launch/launch";
import type { Notation } from "../notations";
import { applyEdits } from "./text-edits";

/** A launch of a text that is being rewritten. */
export class Rewriting {
  private current: Launch;
  /** Arguments that have another flag now. */
  private readonly renamed = new Map<Argument, string>();
  /** What was added last behind an argument: what is added there next comes behind it. */
  private readonly added = new Map<Argument, string>();

  /** @param index which launch of the text it is; changes neither add nor take away launches. */
  constructor(
    public text: string,
    private readonly notation: Notation,
    private readonly index: number,
  ) {
    const launch = this.read(text);
    if (!launch) throw new Error(`The text has no launch ${index}.`);
    this.current = launch;
  }

  get launch(): Launch {
    return this.current;
  }

  /** Makes a change that was stated for an earlier state of the launch. @returns whether it could be written. */
  change(change: LaunchChange, stated: Launch): boolean {
    const here = this.relocated(change, stated);
    const written = here !== undefined && this.apply(this.notation.write(this.text, this.current, here));
    if (written && change.kind === "rename") this.renamed.set(change.argument, change.to);
    if (written && change.kind === "add" && change.after) this.added.set(change.after, change.flag);
    return written;
  }

  /** Makes a change of the environment. @returns whether it could be written. */
  changeVariable(change: VariableChange, stated: Launch): boolean {
    if (change.kind === "addVariable") {
      const after = sameVariable(change.after, stated, this.current);
      if (!after) return false;
      const here = { ...change, launch: this.current, after };
      return this.apply(this.notation.writeVariable(this.text, this.current, here));
    }
    const variable = sameVariable(change.variable, stated, this.current);
    if (!variable) return false;
    return this.apply(this.notation.writeVariable(this.text, this.current, { ...change, variable }));
  }

  /** Applies edits of the text as it is now. @returns whether they change anything, and leave the launch one. */
  apply(edits: readonly TextChange[]): boolean {
    if (edits.length === 0) return false;
    const changed = applyEdits(this.text, edits);
    const launch = changed === this.text ? undefined : this.read(changed);
    if (!launch) return false;
    this.current = launch;
    this.text = changed;
    return true;
  }

  /** Goes back to an earlier text. */
  restore(text: string): void {
    const launch = this.read(text);
    if (launch) this.current = launch;
    this.text = text;
  }

  /** A change that was stated for an earlier reading of the launch, for this one; nothing where its argument is gone. */
  private relocated(change: LaunchChange, before: Launch): LaunchChange | undefined {
    const now = this.current;
    switch (change.kind) {
      case "add": {
        const { after: stated, ...rest } = change;
        const last = stated && this.added.get(stated);
        const after =
          now.arguments.find(({ flag }) => flag === last) ?? (stated && this.sameArgument(stated, before));
        return { ...rest, launch: now, ...(after && { after }) };
      }
      case "setWord":
      case "removeWords":
        return before === now ? change : undefined;
      default: {
        const argument = this.sameArgument(change.argument, before);
        return argument && { ...change, argument };
      }
    }
  }

  /** The argument with the same flag, of several the one that was as many from the first. */
  private sameArgument(argument: Argument, before: Launch): Argument | undefined {
    const renamed = this.renamed.get(argument);
    if (renamed !== undefined) return this.current.arguments.find(({ flag }) => flag === renamed);
    // A rule may speak of an argument with its flag respelt; its place tells which one it is.
    const isIt = ({ flagSpan }: Argument) => flagSpan.start === argument.flagSpan.start;
    const written = before.arguments.find(isIt)?.flag;
    const same = (launch: Launch) => launch.arguments.filter(({ flag }) => flag === written);
    const [olds, news] = [same(before), same(this.current)];
    const place = olds.findIndex(isIt);
    // Of several that are taken out one after the other, those before this one are gone.
    return news[place - (olds.length - news.length)] ?? news[place];
  }

  private read(text: string): Launch | undefined {
    return this.notation.find(text).launches[this.index];
  }
}

function sameVariable(
  variable: EnvironmentVariable,
  before: Launch,
  now: Launch,
): EnvironmentVariable | undefined {
  const same = (launch: Launch) => launch.environment.filter(({ name }) => name === variable.name);
  return same(now)[same(before).indexOf(variable)] ?? same(now)[0];
}

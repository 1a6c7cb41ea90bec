/** All flags of a parser, after every call that adds or changes them. */
import type { Names } from "../python/text/names";
import { elementsOf, type PythonNode } from "../python/text/python-parser";
import { type ParserCall, sourceText } from "./calls";
import { evaluate } from "./evaluate";
import { flagValue } from "./flag-value";
import { type Option, optionsOf } from "./option";

/** The flags in the parser's order. A later call takes over names that an earlier one used. */
export function allOptions(calls: readonly ParserCall[], names: Names): Option[] {
  const parser = new OptionList(names);
  for (const { kind, node } of calls) {
    if (kind === "argument") for (const option of optionsOf(node, names)) parser.add(option);
    else parser.setDefaults(node);
  }
  return parser.options.filter((option) => option.names.length > 0);
}

class OptionList {
  readonly options: Option[] = [];
  /** Index in the list, by name of the flag. */
  private readonly places = new Map<string, number>();
  private readonly defaults = new Map<string, PythonNode>();

  constructor(private readonly names: Names) {}

  add(option: Option): void {
    for (const name of option.names) {
      this.change(this.places.get(name), (earlier) => ({
        ...earlier,
        names: earlier.names.filter((one) => one !== name),
      }));
      this.places.set(name, this.options.length);
    }
    const known = option.hasDefault ? undefined : this.defaults.get(option.dest);
    this.options.push(known ? this.withDefault(option, known) : option);
  }

  /** `parser.set_defaults(tp=8)`; it also applies to flags that are added later without a default. */
  setDefaults(call: PythonNode): void {
    const list = call.getChild("ArgList");
    for (const { keyword, node } of list ? elementsOf(list) : []) {
      if (!keyword) continue;
      const dest = sourceText(keyword, this.names);
      this.defaults.set(dest, node);
      for (const [place, option] of this.options.entries())
        if (option.dest === dest) this.change(place, () => this.withDefault(option, node));
    }
  }

  private withDefault(option: Option, value: PythonNode): Option {
    const initial = flagValue(evaluate(value, this.names), option.facts.kind);
    return { ...option, facts: { ...option.facts, default: initial } };
  }

  private change(place: number | undefined, to: (option: Option) => Option): void {
    const option = place === undefined ? undefined : this.options[place];
    if (place !== undefined && option) this.options[place] = to(option);
  }
}

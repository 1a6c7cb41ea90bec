/** Lines below a `# lightllm: args` comment: they contain LightLLM's arguments, whatever starts it. */
import type { CommandWord } from "../../launch/command-line";
import { directiveComments } from "../../launch/directive-comment";
import { lineStartAt, nextLineAt } from "../../launch/lines";
import type { Command } from "./shell-parser";

const FIRST_FLAG = /^--?[A-Za-z]/;

/**
 * Finds the launch of each marked line: the command that starts first in it. Commands after or inside it are not
 * launches.
 */
export class MarkedLines {
  /** The start of each marked line, with the start of its command once it is known. */
  readonly #taken: Map<number, number | undefined>;

  /** @param isFirst whether the first line of the text is marked */
  constructor(
    private readonly text: string,
    isFirst: boolean,
  ) {
    this.#taken = new Map(isFirst ? [[0, undefined]] : []);
    for (const { word, end } of directiveComments(text))
      if (word === "args") this.#taken.set(nextLineAt(text, end), undefined);
  }

  /**
   * Index of LightLLM's first argument in the words of a command, possibly their number. Undefined if the command is
   * not the launch of a marked line. Call this in the order of the commands.
   */
  argumentsStart(command: Command, words: readonly CommandWord[]): number | undefined {
    if (this.#taken.size === 0) return undefined;
    const line = lineStartAt(this.text, command.pos);
    if (!this.#taken.has(line)) return undefined;
    const taken = this.#taken.get(line) ?? command.pos;
    if (taken !== command.pos) return undefined;
    this.#taken.set(line, taken);
    const first = words.findIndex((word) => FIRST_FLAG.test(word.text ?? word.knownStart ?? ""));
    return first < 0 ? words.length : first;
  }
}

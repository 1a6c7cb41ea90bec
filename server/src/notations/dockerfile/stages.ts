/** The stages of a Dockerfile: their variables and commands, with those inherited from earlier stages. */

import { Allowance, BeyondBounds } from "../../launch/bounds";
import type { EnvironmentVariable, Pin, Word } from "../../launch/launch";
import type { NamedPort } from "../../launch/site";
import { say } from "../../messages";
import type { Embedded } from "../embedded";
import { GivenVariables } from "../shell/given";
import { imageAmong, readWords } from "../shell/script-pins";
import { plainBody, shellBody } from "./body";
import { type ExecForm, execForm } from "./exec-form";
import type { Instruction } from "./instructions";
import { exposedPorts, healthPorts } from "./stage-site";
import { instructionVariables, placedIn } from "./variables";

/** A `CMD`, `ENTRYPOINT` or `RUN`. */
export interface Command {
  readonly instruction: Instruction;
  /** The exec form; undefined for the shell form. */
  readonly list: ExecForm | undefined;
  /** The shell form. */
  readonly shell: Embedded;
  /** The variables that are set at its place, build arguments included. */
  readonly variables: readonly EnvironmentVariable[];
}

/** What the containers of an image start. */
export interface Starts {
  readonly entrypoints: readonly Command[];
  readonly commands: readonly Command[];
}

export interface BuildStage extends Starts {
  readonly runs: readonly Command[];
  /** What `ONBUILD` sets for images that are built from this one. */
  readonly later: Starts;
  /** The command inherited from the base stage, if that is in this file. */
  readonly inherited: Command | undefined;
  /** Environment of its containers. */
  readonly environment: readonly EnvironmentVariable[];
  /** The index of the base stage, if that is in this file. */
  readonly base: number | undefined;
  /** The base image, possibly through other stages. */
  readonly image: Image;
  /** The ports of its containers, from `EXPOSE` and `HEALTHCHECK`. */
  readonly ports: readonly NamedPort[];
}

/** The image of a stage. */
interface Image {
  /** The version of LightLLM in its name. */
  readonly pin: Pin | undefined;
  /** Its name in `FROM`. */
  readonly word: Word | undefined;
}

interface OpenStage {
  readonly name: string | undefined;
  readonly runs: Command[];
  readonly entrypoints: Command[];
  readonly commands: Command[];
  readonly later: { readonly entrypoints: Command[]; readonly commands: Command[] };
  readonly inherited: Command | undefined;
  readonly base: number | undefined;
  readonly image: Image;
  readonly variables: Variables;
  readonly args: Variables;
  readonly ports: NamedPort[];
}

/** Variables by name, in the order in which they were last set. */
type Variables = Map<string, EnvironmentVariable>;

/**
 * Limit for the variables that stages inherit and commands see, in total; they stay in memory while the file is read.
 */
const MOST_HANDED_ON = 1_000_000;

/** The stages of a text in order; text before the first `FROM` makes a stage of its own. */
export function stagesOf(text: string, instructions: readonly Instruction[]): BuildStage[] {
  const stages: OpenStage[] = [newStage(undefined, [], undefined, { pin: undefined, word: undefined })];
  const allowance = new Allowance(text.length);
  const read = (instruction: Instruction, keyword: "ENV" | "ARG", { args, variables }: OpenStage) =>
    instructionVariables(text, plainBody(text, instruction), keyword, {
      variable: (name) => variables.get(name) ?? args.get(name),
      allowance,
    });
  let globals: Variables = new Map();
  let handedOn = 0;
  const handOn = (count: number, { span }: Instruction) => {
    handedOn += count;
    if (handedOn > MOST_HANDED_ON) throw new BeyondBounds(span.start, say("check.many-variables"));
  };
  for (const instruction of instructions) {
    const stage = stages.at(-1) as OpenStage;
    const command = () => {
      const made = commandOf(text, instruction, stage);
      handOn(made.variables.length, instruction);
      return made;
    };
    switch (instruction.keyword) {
      case "FROM": {
        if (stages.length === 1) globals = stage.args;
        const body = plainBody(text, instruction);
        const [, from, name] = /^(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?/.exec(body.text) ?? [];
        const base = stages.findIndex((one) => one.name !== undefined && one.name === from);
        const { texts, words } = readWords(body, new GivenVariables([...globals.values()]));
        const image = { pin: imageAmong(texts), word: words.find(({ source }) => !source.startsWith("--")) };
        handOn(stages[base]?.variables.size ?? 0, instruction);
        stages.push(newStage(name, stages, base < 0 ? undefined : base, image));
        break;
      }
      case "ENV":
        set(stage.variables, placedIn(instruction, read(instruction, "ENV", stage), text));
        break;
      case "ARG":
        set(stage.args, withGlobals(read(instruction, "ARG", stage), globals));
        break;
      case "CMD":
        (instruction.isOnBuild ? stage.later : stage).commands.push(command());
        break;
      case "ENTRYPOINT":
        (instruction.isOnBuild ? stage.later : stage).entrypoints.push(command());
        break;
      case "RUN":
        stage.runs.push(command());
        break;
      case "EXPOSE":
        stage.ports.push(
          ...exposedPorts(text, instruction, [...stage.args.values(), ...stage.variables.values()]),
        );
        break;
      case "HEALTHCHECK":
        stage.ports.push(...healthPorts(text, instruction));
        break;
    }
  }
  return stages.map((stage) => ({ ...stage, environment: [...stage.variables.values()] }));
}

function newStage(
  name: string | undefined,
  stages: readonly OpenStage[],
  from: number | undefined,
  image: Image,
): OpenStage {
  const base = from === undefined ? undefined : stages[from];
  return {
    name,
    base: from,
    image: base ? { pin: image.pin ?? base.image.pin, word: base.image.word } : image,
    runs: [],
    entrypoints: [],
    commands: [],
    later: { entrypoints: [], commands: [] },
    inherited: base?.entrypoints.at(-1) ?? base?.inherited,
    variables: new Map(base?.variables),
    args: new Map(),
    ports: [...(base?.ports ?? [])],
  };
}

/** `ARG NAME` in a stage uses the default of `ARG NAME=value` before the first `FROM`. */
function withGlobals(args: readonly EnvironmentVariable[], globals: Variables) {
  return args.map((one) => (one.value.source === "" ? (globals.get(one.name) ?? one) : one));
}

function set(variables: Variables, given: readonly EnvironmentVariable[]): void {
  for (const one of given) {
    variables.delete(one.name);
    variables.set(one.name, one);
  }
}

function commandOf(text: string, instruction: Instruction, { args, variables }: OpenStage): Command {
  const all: Variables = new Map();
  // Most commands do not concern LightLLM, and there may be thousands of them.
  const written = text.slice(instruction.span.start, instruction.span.end);
  if (instruction.keyword !== "RUN" || /lightllm|git /.test(written))
    for (const some of [args, variables]) set(all, [...some.values()]);
  return {
    instruction,
    list: execForm(text, plainBody(text, instruction)),
    shell: shellBody(text, instruction),
    variables: [...all.values()],
  };
}

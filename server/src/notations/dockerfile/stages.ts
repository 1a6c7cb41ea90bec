/** The stages of a Dockerfile: what each sets and runs, with what it inherits from an earlier one. */
import { Allowance } from "../../launch/bounds";
import type { EnvironmentVariable, Pin } from "../../launch/launch";
import type { Embedded } from "../embedded";
import type { CommandList } from "../list/read-command";
import { withVariables } from "../list/variables";
import { imageAmong, readWords } from "../shell/pins";
import { plainBody, shellBody } from "./body";
import { execForm } from "./exec-form";
import type { Instruction } from "./instructions";
import { placedIn, variablesOf } from "./variables";

/** A `CMD`, `ENTRYPOINT` or `RUN`. */
export interface Command {
  readonly instruction: Instruction;
  /** The exec form; none in shell form. */
  readonly list: CommandList | undefined;
  /** The shell form. */
  readonly shell: Embedded;
  /** The variables that are set where it stands, build arguments included. */
  readonly variables: readonly EnvironmentVariable[];
}

export interface Stage {
  readonly runs: readonly Command[];
  readonly entrypoints: readonly Command[];
  readonly commands: readonly Command[];
  /** What the stage it is built from starts, where that stands in this file. */
  readonly inherited: Command | undefined;
  /** What containers of it are given. */
  readonly environment: readonly EnvironmentVariable[];
  /** The index of the stage it is built from, where that stands in this file. */
  readonly base: number | undefined;
  /** The version of LightLLM's image that it is built from, be it through other stages. */
  readonly image: Pin | undefined;
}

interface OpenStage {
  readonly name: string | undefined;
  readonly runs: Command[];
  readonly entrypoints: Command[];
  readonly commands: Command[];
  readonly inherited: Command | undefined;
  readonly base: number | undefined;
  readonly image: Pin | undefined;
  environment: EnvironmentVariable[];
  args: EnvironmentVariable[];
}

/** The stages of a text in order; what stands before the first `FROM` makes one of its own. */
export function stagesOf(text: string, instructions: readonly Instruction[]): Stage[] {
  const stages: OpenStage[] = [newStage(undefined, [], undefined, undefined)];
  const allowance = new Allowance(text.length);
  const read = (instruction: Instruction, keyword: "ENV" | "ARG", { args, environment }: OpenStage) =>
    variablesOf(text, plainBody(text, instruction), keyword, {
      variables: [...args, ...environment],
      allowance,
    });
  let globals: EnvironmentVariable[] = [];
  for (const instruction of instructions) {
    const stage = stages.at(-1) as OpenStage;
    switch (instruction.keyword) {
      case "FROM": {
        if (stages.length === 1) globals = stage.args;
        const body = plainBody(text, instruction);
        const [, from, name] = /^(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?/.exec(body.text) ?? [];
        const base = stages.findIndex((one) => one.name !== undefined && one.name === from);
        const image = imageAmong(readWords(withVariables(body, globals)));
        stages.push(newStage(name, stages, base < 0 ? undefined : base, image));
        break;
      }
      case "ENV":
        stage.environment = set(
          stage.environment,
          placedIn(instruction, read(instruction, "ENV", stage), text),
        );
        break;
      case "ARG":
        stage.args = set(stage.args, withGlobals(read(instruction, "ARG", stage), globals));
        break;
      case "CMD":
        stage.commands.push(commandOf(text, instruction, stage));
        break;
      case "ENTRYPOINT":
        stage.entrypoints.push(commandOf(text, instruction, stage));
        break;
      case "RUN":
        stage.runs.push(commandOf(text, instruction, stage));
        break;
    }
  }
  return stages;
}

function newStage(
  name: string | undefined,
  stages: readonly OpenStage[],
  from: number | undefined,
  image: Pin | undefined,
): OpenStage {
  const base = from === undefined ? undefined : stages[from];
  return {
    name,
    base: from,
    image: image ?? base?.image,
    runs: [],
    entrypoints: [],
    commands: [],
    inherited: base?.entrypoints.at(-1) ?? base?.inherited,
    environment: base ? [...base.environment] : [],
    args: [],
  };
}

/** `ARG NAME` in a stage takes the default that `ARG NAME=value` before the first `FROM` gave it. */
function withGlobals(args: readonly EnvironmentVariable[], globals: readonly EnvironmentVariable[]) {
  return args.map((one) =>
    one.value.source === "" ? (globals.find(({ name }) => name === one.name) ?? one) : one,
  );
}

function set(
  before: readonly EnvironmentVariable[],
  given: readonly EnvironmentVariable[],
): EnvironmentVariable[] {
  const names = new Set(given.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...given];
}

function commandOf(text: string, instruction: Instruction, stage: OpenStage): Command {
  return {
    instruction,
    list: execForm(text, plainBody(text, instruction)),
    shell: shellBody(text, instruction),
    variables: set(stage.args, stage.environment),
  };
}

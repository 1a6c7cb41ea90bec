/** Changes of a launch and of its environment; its notation writes them. */
import type { Argument, EnvironmentVariable, Launch, Word } from "./launch";

/** A change to a launch that a rule asks for; the notation turns it into edits. */
export type LaunchChange =
  | { readonly kind: "rename"; readonly argument: Argument; readonly to: string }
  | { readonly kind: "set"; readonly argument: Argument; readonly words: readonly string[] }
  | { readonly kind: "setWord"; readonly word: Word; readonly to: string }
  | { readonly kind: "switch"; readonly argument: Argument; readonly on: boolean }
  | { readonly kind: "leaveOut"; readonly argument: Argument }
  | { readonly kind: "remove"; readonly argument: Argument }
  | { readonly kind: "removeWords"; readonly words: readonly Word[] }
  | {
      readonly kind: "add";
      readonly launch: Launch;
      /** With its dashes. */
      readonly flag: string;
      readonly words: readonly string[];
      /** Insert after this argument; at the end of the launch if absent. */
      readonly after?: Argument;
    };

/** A change to the environment of a launch; the notation turns it into edits. */
export type VariableChange =
  | { readonly kind: "renameVariable"; readonly variable: EnvironmentVariable; readonly to: string }
  | { readonly kind: "setVariable"; readonly variable: EnvironmentVariable; readonly to: string }
  | { readonly kind: "removeVariable"; readonly variable: EnvironmentVariable }
  | {
      readonly kind: "addVariable";
      readonly launch: Launch;
      readonly name: string;
      readonly value: string;
      /** Insert after this variable. */
      readonly after: EnvironmentVariable;
    };

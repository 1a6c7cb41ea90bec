/** Expands abbreviated flags before a migration. */

import type { Release } from "../../catalogue/types";
import type { LaunchChange } from "../../launch/launch-change";
import { say } from "../../messages";
import { readWord } from "../argparse";
import { writtenName } from "../rules/rule";
import type { Departure } from "./departure";
import type { Step } from "./step";

/** Expands abbreviations, because the next release may have a second flag with the same beginning. */
export function writeOut({ launch, release }: Departure, to: Release): Step[] {
  return launch.arguments.flatMap((argument) => {
    const reading = argument.counts ? readWord(argument.flag, release) : undefined;
    if (reading?.kind !== "flag" || reading.exact || to.byName.has(argument.flag)) return [];
    const changes: LaunchChange[] = [{ kind: "rename", argument, to: reading.flag.name }];
    const writes = [writtenName(reading.flag.name, launch)];
    return [
      {
        about: argument.flag,
        argument,
        say: say("moves.abbreviation"),
        writes,
        changes,
        variableChanges: [],
      },
    ];
  });
}

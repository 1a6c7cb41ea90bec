/** Rules about the name of a flag: unknown, misspelt, abbreviated, ambiguous, `--help`. */

import { availability } from "../../catalogue/history";
import type { Catalogue } from "../../catalogue/types";
import type { Argument, FixKind, Launch } from "../../launch/launch";
import { remembered, rememberedFor } from "../../launch/remembered";
import { say } from "../../messages";
import type { Fix } from "../finding";
import { guessName } from "../meant";
import { flagElsewhere } from "../moves/elsewhere";
import { fold, isSlip, nearest } from "../nearest";
import { type DetectorsIn, onFault } from "./detector";
import { becameOf, moveFix } from "./other-releases";
import { alternatives, orRemoval, type RuleContext, removal, written, writtenName } from "./rule";

/** The flag that is meant, if only dashes, hyphens or capitals are wrong. */
function respelt(argument: Argument, { release }: RuleContext): string | undefined {
  const name = `--${fold(argument.flag)}`;
  return release.byName.has(name) ? name : undefined;
}

/** Whether a launch also gives a flag in another argument: then one of two values would be lost. */
function isGiven(name: string, argument: Argument, { launch, release }: RuleContext): boolean {
  const flag = release.byName.get(name);
  return launch.arguments.some((other) => other !== argument && release.byName.get(other.flag) === flag);
}

/** A flag that the notation leaves out is not passed to LightLLM, so nothing is refused; but its name is wrong. */
function leftOut(argument: Argument): { variant?: "left-out" } {
  return argument.shape === "absent" ? { variant: "left-out" } : {};
}

function renameTo(argument: Argument, to: string, preferred: boolean, launch: Launch, kind: FixKind): Fix {
  return {
    title: say("rule.change-flag", { flag: writtenName(to, launch) }),
    kind,
    preferred,
    changes: [{ kind: "rename", argument, to }],
  };
}

const flagSpelling = onFault(["unknown"], ({ argument }, context) => {
  const to = respelt(argument, context);
  if (!to) return undefined;
  return {
    ...leftOut(argument),
    flag: argument.flag,
    message: say("rule.spelled-otherwise", {
      flag: written(argument),
      why:
        context.launch.form.kind === "mapping" && /^[-\u2010-\u2015\u2212]/.test(argument.written)
          ? say("rule.key-without-dashes")
          : say("rule.flag-letters"),
      name: writtenName(to, context.launch),
    }),
    span: argument.flagSpan,
    fixes: [
      renameTo(argument, to, true, context.launch, isGiven(to, argument, context) ? "choice" : "spelling"),
    ],
  };
});

const unknownFlag = onFault(["unknown"], ({ argument }, context) => {
  const { release, catalogue } = context;
  const unknown = say(argument.shape === "absent" ? "rule.unknown-left-out" : "rule.unknown-refused", {
    release: release.name,
    flag: written(argument),
  });
  const report = { ...leftOut(argument), flag: argument.flag, span: argument.flagSpan };
  const { near: names, sure } = guessName(argument.flag, release);
  const renames = names.map((name, index) =>
    renameTo(
      argument,
      name,
      index === 0,
      context.launch,
      name === sure && !isGiven(name, argument, context) ? "spelling" : "choice",
    ),
  );
  const past = names.some((name) => isSlip(argument.flag, name)) ? undefined : slipOfPast(argument, context);
  if (past) {
    return {
      ...report,
      message: `${unknown} ${say("rule.exists", { flag: writtenName(past, context.launch), when: availability(catalogue, past) })}`,
      fixes: [removal(argument, true), ...renames.map((fix) => ({ ...fix, preferred: false }))],
    };
  }
  const hint =
    names.length > 0
      ? ` ${say("rule.did-you-mean", { names: alternatives(names.map((name) => writtenName(name, context.launch))) })}`
      : "";
  return {
    ...report,
    message: `${unknown}${hint}`,
    fixes: orRemoval(renames, argument),
  };
});

const namesOfAll = rememberedFor((catalogue: Catalogue) => [
  ...new Set(catalogue.releases.flatMap(({ byName }) => [...byName.keys()])),
]);

/** The names of all releases that an unknown name may be. */
const nearOfAll = remembered((name, catalogue: Catalogue) => nearest(name, namesOfAll(catalogue)));

/** A misspelt flag of another release. */
function slipOfPast({ flag }: Argument, { release, catalogue }: RuleContext): string | undefined {
  return nearOfAll(flag, catalogue).find((name) => !release.byName.has(name) && isSlip(flag, name));
}

const abbreviatedFlag = onFault(["abbreviated"], ({ argument, flag }, { launch, release, catalogue }) => {
  const report = { flag: flag.name, span: argument.flagSpan };
  const taken = say("rule.abbreviation", {
    release: release.name,
    flag: written(argument),
    full: writtenName(flag.name, launch),
  });
  const found = flagElsewhere(argument, { launch, release, catalogue });
  if (found) {
    return {
      ...report,
      ...(found.knownBy && { knownBy: found.knownBy }),
      message: say("rule.abbreviation-of-gone", { what: becameOf(written(argument), found), taken }),
      fixes: [moveFix(argument, found, launch), renameTo(argument, flag.name, false, launch, "choice")],
    };
  }
  return {
    ...report,
    message: say("rule.abbreviation-accepted", { taken }),
    fixes: [renameTo(argument, flag.name, true, launch, "spelling")],
  };
});

const ambiguousFlag = onFault(["ambiguous"], ({ argument, names }, { launch, release, catalogue }) => {
  const found = flagElsewhere(argument, { launch, release, catalogue });
  const was = found ? `${becameOf(written(argument), found)} ` : "";
  const shown = nearest(argument.flag, names);
  const offered = shown.length > 0 ? shown : names.slice(0, 3);
  return {
    flag: argument.flag,
    message: `${was}${say("rule.ambiguous", {
      release: release.name,
      flag: written(argument),
      count: names.length,
      names: `${alternatives(names.slice(0, 4).map((name) => writtenName(name, launch)))}${names.length > 4 ? ", …" : ""}`,
    })}`,
    span: argument.flagSpan,
    ...(found?.knownBy && { knownBy: found.knownBy }),
    fixes: found
      ? [
          moveFix(argument, found, launch),
          ...offered.map((name) => renameTo(argument, name, false, launch, "choice")),
        ]
      : [
          ...offered.map((name) => renameTo(argument, name, shown.length === 1, launch, "choice")),
          removal(argument, false),
        ],
  };
});

const helpFlag = onFault(["help"], ({ argument }, { launch }) => {
  // A command with nothing else is meant to print the help.
  if (launch.form.kind !== "mapping" && launch.arguments.length === 1) return undefined;
  return {
    flag: "--help",
    message: say("rule.help", { flag: written(argument) }),
    span: argument.flagSpan,
    fixes: [removal(argument, true)],
  };
});

export const rules = {
  "flag-spelling": flagSpelling,
  "argparse-unknown-flag": unknownFlag,
  "argparse-prefix-accepted": abbreviatedFlag,
  "argparse-ambiguous-prefix": ambiguousFlag,
  "argparse-help": helpFlag,
} satisfies DetectorsIn<"judgement/rules/flag-names.ts">;

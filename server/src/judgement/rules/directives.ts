/** Rules about the comments that steer us: a release, a rule or an instruction that does not exist. */

import { findRelease } from "../../catalogue/find-release";
import type { Catalogue } from "../../catalogue/types";
import { DIRECTIVE_WORDS, type Directive } from "../../launch/directives";
import type { Span } from "../../launch/launch";
import { fold, isSlip, nearest, surelyMeant } from "../nearest";
import type { RuleReport } from "./rule";

/** What is wrong with a directive; it never stops a launch, but it does not do what was meant either. */
export function* directiveFindings(directive: Directive, catalogue: Catalogue): Generator<RuleReport> {
  switch (directive.kind) {
    case "release": {
      if (findRelease(directive.release, catalogue)) return;
      const names = catalogue.releases.map(({ name }) => name);
      const asked = directive.release
        ? `No release \`${directive.release}\` is known`
        : "A release is missing";
      const message = `${asked}. The known ones: ${names.join(", ")}.`;
      const meant = releasesMeant(directive.release, names);
      yield misdirected(
        "unknown-release",
        message,
        directive,
        directive.valueSpan,
        meant,
        meant[0],
        releaseInOtherLetters(directive.release, names),
      );
      return;
    }
    case "unknown": {
      if (directive.word === "") return;
      const message = `\`${directive.word}\` is no instruction to us. The known ones: ${DIRECTIVE_WORDS.join(", ")}.`;
      const meant = nearest(directive.word, DIRECTIVE_WORDS);
      const slip = meant.find((name) => isSlip(directive.word, name));
      // What would silence findings is never certain.
      const near = surelyMeant(directive.word, DIRECTIVE_WORDS);
      const sure = near === "off" || near?.startsWith("disable") ? undefined : near;
      yield misdirected("unknown-directive", message, directive, directive.valueSpan, meant, slip, sure);
      return;
    }
    case "disable-next-line":
    case "disable-file": {
      const known = Object.keys(catalogue.rules()).sort();
      for (const { code, span } of directive.codes) {
        if (known.includes(code)) continue;
        const meant = nearest(code, known);
        const message = `There is no rule \`${code}\`, so nothing is silenced.`;
        yield misdirected("unknown-directive", message, directive, span, meant, meant[0]);
      }
      if (directive.codes.length > 0) return;
      yield misdirected(
        "unknown-directive",
        `Nothing is silenced: name the rules, as in \`${directive.kind}=argparse-unknown-flag\`.`,
        directive,
        directive.span,
        [],
        undefined,
      );
    }
  }
}

/** The release that differs from what was typed in capitals and white space only: `V1.1.0`. */
function releaseInOtherLetters(typed: string, names: readonly string[]): string | undefined {
  return names.find((name) => fold(name) === fold(typed.trim()) || fold(name) === fold(`v${typed.trim()}`));
}

/** `1.1` and `v1.1` mean v1.1.0 rather than a name that is as near by letters. */
function releasesMeant(typed: string, names: readonly string[]): string[] {
  const begun = names.filter((name) => typed !== "" && fold(name).startsWith(fold(typed)));
  const numbered = names.filter((name) => typed !== "" && name.startsWith(`v${typed}`));
  const meant = [...new Set([...begun, ...numbered])];
  return meant.length > 0 ? meant.slice(-3).reverse() : nearest(typed, names);
}

function misdirected(
  code: "unknown-release" | "unknown-directive",
  message: string,
  directive: Directive,
  at: Span,
  names: readonly string[],
  preferred: string | undefined,
  sure?: string | undefined,
): RuleReport {
  return {
    code,
    message,
    span: at.start < at.end ? at : directive.span,
    fixes: [],
    textFixes: names.map((name) => ({
      title: `Change to \`${name}\``,
      kind: name === sure ? "spelling" : "choice",
      preferred: name === preferred,
      edits: [{ span: at, newText: name }],
    })),
  };
}

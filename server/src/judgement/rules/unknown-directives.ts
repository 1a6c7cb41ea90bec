/** Rules about directives: a release, rule or instruction that does not exist. */

import { DIRECTIVE_WORDS, type Directive } from "../../launch/directives";
import type { Span } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { PlainReport } from "../finding";
import { gpuNameFault, modelNameFault, releaseNameFault } from "../name-faults";
import { isSlip, nearest, surelyMeant } from "../nearest";
import { type DetectorsIn, onDirective } from "./detector";

const unknownRelease = onDirective(function* (directive, { catalogue }) {
  if (directive.kind !== "release") return;
  const fault = releaseNameFault(directive.release, catalogue);
  if (!fault) return;
  const { message, meant, sure } = fault;
  yield misdirected(message, directive, directive.valueSpan, meant, meant[0], sure);
});

/** An unknown directive or rule; it never prevents a start, but has not the intended effect. */
const unknownDirective = onDirective(function* (directive, { catalogue }) {
  if (directive.kind === "unknown" && directive.word !== "") {
    const message = say("rule.no-instruction", {
      word: shortened(directive.word),
      known: DIRECTIVE_WORDS.join(", "),
    });
    const meant = nearest(directive.word, DIRECTIVE_WORDS);
    const slip = meant.find((name) => isSlip(directive.word, name));
    // A correction that silences findings is never certain.
    const near = surelyMeant(directive.word, DIRECTIVE_WORDS);
    const sure = near === "off" || near?.startsWith("disable") ? undefined : near;
    yield misdirected(message, directive, directive.valueSpan, meant, slip, sure);
  }
  if (directive.kind !== "disable-next-line" && directive.kind !== "disable-file") return;
  const known = Object.keys(catalogue.rules()).sort();
  for (const { code, span } of directive.codes) {
    if (known.includes(code)) continue;
    const meant = nearest(code, known);
    yield misdirected(say("rule.no-rule", { code: shortened(code) }), directive, span, meant, meant[0]);
  }
  if (directive.codes.length > 0) return;
  const message = say("rule.nothing-silenced", { kind: directive.kind });
  yield misdirected(message, directive, directive.span, [], undefined);
});

const unknownModel = onDirective(function* (directive, { catalogue }) {
  if (directive.kind !== "model") return;
  const fault = modelNameFault(directive.name, catalogue);
  if (fault) yield misdirected(fault.message, directive, directive.valueSpan, fault.meant, undefined);
});

const unknownGpu = onDirective(function* (directive, { catalogue }) {
  if (directive.kind !== "gpu") return;
  const fault = gpuNameFault(directive.name, catalogue.fit());
  if (fault) yield misdirected(fault.message, directive, directive.valueSpan, fault.meant, undefined);
});

function misdirected(
  message: string,
  directive: Directive,
  at: Span,
  names: readonly string[],
  preferred: string | undefined,
  sure?: string | undefined,
): PlainReport {
  return {
    message,
    span: at.start < at.end ? at : directive.span,
    fixes: [],
    textFixes: names.map((name) => ({
      title: say("rule.change-directive", { name }),
      kind: name === sure ? "spelling" : "choice",
      preferred: name === preferred,
      edits: [{ span: at, newText: name }],
    })),
  };
}

export const rules = {
  "unknown-release": unknownRelease,
  "unknown-model": unknownModel,
  "unknown-gpu": unknownGpu,
  "unknown-directive": unknownDirective,
} satisfies DetectorsIn<"judgement/rules/unknown-directives.ts">;

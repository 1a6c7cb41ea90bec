/** Rules about directives: a release, rule or instruction that does not exist. */

import { findRelease } from "../../catalogue/find-release";
import { gpuNames, readGpu } from "../../fit/gpu";
import { DIRECTIVE_WORDS, type Directive } from "../../launch/directives";
import type { Span } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { PlainReport } from "../finding";
import { fold, isSlip, nearest, surelyMeant } from "../nearest";
import { type DetectorsIn, onDirective } from "./detector";
import { alternatives } from "./rule";

const unknownRelease = onDirective(function* (directive, { catalogue }) {
  if (directive.kind !== "release" || findRelease(directive.release, catalogue)) return;
  const names = catalogue.releases.map(({ name }) => name);
  const known = names.join(", ");
  const message = directive.release
    ? say("rule.no-release", { name: shortened(directive.release), known })
    : say("rule.release-missing", { known });
  const meant = releasesMeant(directive.release, names);
  const sure = releaseInOtherLetters(directive.release, names);
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
  const names = Object.keys(catalogue.publicModels());
  const typed = directive.name.toLowerCase();
  if (names.some((name) => name.toLowerCase() === typed)) return;
  const count = names.length;
  const name = shortened(directive.name);
  const near = modelsMeant(typed, names);
  const message =
    typed === ""
      ? say("model.name-missing")
      : near.length > 0
        ? say("model.not-known-near", { name, count, near: alternatives(near) })
        : say("model.not-known", { name, count });
  yield misdirected(message, directive, directive.valueSpan, near, undefined);
});

const unknownGpu = onDirective(function* (directive, { catalogue }) {
  if (directive.kind !== "gpu") return;
  const facts = catalogue.fit();
  if (readGpu(directive.name, facts)) return;
  const known = gpuNames(facts);
  const [whole = "", count] = directive.name.split(/[x×*](?=\d{1,4}$)/i);
  const near = nearest(whole.toUpperCase(), known).slice(0, 3);
  const name = shortened(directive.name);
  const message =
    name === ""
      ? say("fit.gpu-missing", { known: known.join(", ") })
      : say("fit.gpu-not-known", { name, known: known.join(", ") });
  const meant = near.map((one) => (count === undefined ? one : `${one}x${count}`));
  yield misdirected(message, directive, directive.valueSpan, meant, undefined);
});

/** The models whose names are most like a typed one: with the same name of another owner, else with similar letters. */
function modelsMeant(typed: string, names: readonly string[]): string[] {
  const last = typed.split("/").at(-1);
  const same = names.filter((name) => name.toLowerCase().split("/")[1] === last);
  if (typed === "" || same.length > 0) return same;
  const alike = nearest(
    typed,
    names.map((name) => name.toLowerCase()),
  );
  return names.filter((name) => alike.includes(name.toLowerCase())).slice(0, 3);
}

/** The release that differs from the typed name only in capitals and white space: `V1.1.0`. */
function releaseInOtherLetters(typed: string, names: readonly string[]): string | undefined {
  return names.find((name) => fold(name) === fold(typed.trim()) || fold(name) === fold(`v${typed.trim()}`));
}

/** `1.1` and `v1.1` mean v1.1.0, not another name with similar letters. */
function releasesMeant(typed: string, names: readonly string[]): string[] {
  const begun = names.filter((name) => typed !== "" && fold(name).startsWith(fold(typed)));
  const numbered = names.filter((name) => typed !== "" && name.startsWith(`v${typed}`));
  const meant = [...new Set([...begun, ...numbered])];
  return meant.length > 0 ? meant.slice(-3).reverse() : nearest(typed, names);
}

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

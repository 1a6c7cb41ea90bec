/** Facts about a flag, a variable or a value as Markdown, those of one release only. */
import { say } from "../messages";
import type { DocumentedText, Fact, Release } from "./types";

/** The facts that hold in a release, in the order of reading. */
export function factsIn(facts: readonly Fact[], { rulesOf }: Release): readonly Fact[] {
  return facts.filter(({ releases }) => releases === undefined || releases.includes(rulesOf));
}

/** What facts say of a release, one sentence after the other; advice comes last. */
export function saidOf(facts: readonly Fact[], release: Release): string {
  const known = factsIn(facts, release);
  const isAdvice = ({ kind }: Fact) => kind === "advice";
  return [...known.filter((fact) => !isAdvice(fact)), ...known.filter(isAdvice)]
    .map(({ text }) => text)
    .join(" ");
}

/** The formulas of the values that a release computes, each as a line. */
export function formulasOf(documented: DocumentedText | undefined, release: Release): string[] {
  return ofKind(documented, release, "derived").map(({ text }) => say("flag.derived", { formula: text }));
}

/** All else that is known in a release: what it does, what it does with other flags, traps, and advice. */
export function factParagraphs(documented: DocumentedText | undefined, release: Release): string[] {
  const interacts = ofKind(documented, release, "interacts").map(({ text, with: others = [] }) =>
    say("flag.interacts", { others: others.map((other) => `\`${other}\``).join(", "), text }),
  );
  const traps = ofKind(documented, release, "trap").map(({ text }) => say("flag.trap", { text }));
  const advice = ofKind(documented, release, "advice").map(({ text }) => text);
  return [
    ofKind(documented, release, undefined)
      .map(({ text }) => text)
      .join(" "),
    [...interacts, ...traps].map((line) => `- ${line}`).join("\n"),
    advice.length > 0 ? say("flag.advice", { text: advice.join(" ") }) : "",
  ].filter((paragraph) => paragraph !== "");
}

function ofKind(documented: DocumentedText | undefined, release: Release, kind: Fact["kind"]): Fact[] {
  return factsIn(documented?.facts ?? [], release).filter((fact) => fact.kind === kind);
}

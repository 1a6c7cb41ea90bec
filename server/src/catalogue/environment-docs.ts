/** Documentation of environment variables as Markdown. */
import { say } from "../messages";
import { factParagraphs, formulasOf } from "./fact-text";
import { type Language, valueLabel } from "./markdown";
import type { Catalogue, EnvironmentVariableDocs, Release } from "./types";

/** A variable by name; `undefined` if LightLLM does not read it. */
export function environmentVariable(catalogue: Catalogue, name: string): EnvironmentVariableDocs | undefined {
  const all = catalogue.environment();
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

/** Whether a release reads the variable. */
export function isReadBy({ releases }: EnvironmentVariableDocs, release: Release): boolean {
  return releases.includes(release.rulesOf);
}

/** Whether LightLLM sets the variable itself for its own processes. */
export function isInternal({ en }: EnvironmentVariableDocs): boolean {
  return en.summary.startsWith("Internal");
}

/** The releases that read the variable, as text. */
export function readers({ releases }: EnvironmentVariableDocs, catalogue: Catalogue): string {
  const first = releases[0];
  const last = releases.at(-1);
  if (!first || !last) return say("environment.read-by-none");
  const fromStart = first === catalogue.releases[0]?.name;
  const toEnd = last === catalogue.releases.at(-1)?.name;
  if (fromStart && toEnd) return say("environment.read-by-all");
  if (toEnd) return say("environment.read-from", { first });
  if (first === last) return say("environment.read-by-one", { release: first });
  return fromStart
    ? say("environment.read-up-to", { last })
    : say("environment.read-from-to", { first, last });
}

/** The full documentation of a variable for one release. */
export function environmentMarkdown(
  name: string,
  variable: EnvironmentVariableDocs,
  release: Release,
  catalogue: Catalogue,
  language: Language = "en",
): string {
  const text = (language === "zh" ? variable.zh : undefined) ?? variable.en;
  const usual = variable.default[release.rulesOf] ?? variable.default["*"];
  const facts =
    usual === undefined || usual === null
      ? []
      : [say("environment.default", { release: release.name, value: valueLabel(usual) })];
  const words = (variable.values ?? []).filter((word) => word !== "*").map((word) => `\`${word}\``);
  if (words.length > 0) {
    const values = words.join(", ");
    const isSwitch = variable.type === "switch";
    facts.push(say(isSwitch ? "environment.switched-on-by" : "environment.values", { values }));
  }
  const having = readers(variable, catalogue);
  const footer = [having.charAt(0).toUpperCase() + having.slice(1)];
  if (variable.flags.length > 0)
    footer.push(say("environment.see", { flags: variable.flags.map((flag) => `\`${flag}\``).join(", ") }));
  const { type, unit } = variable;
  const typeWord = say("environment.type", { type: type === "list" ? "other" : type });
  const kind = [typeWord, unit].filter(Boolean).join(", ");
  const head = `**${name}** — ${say("environment.head", { kind })}`;
  return [
    head,
    text.summary,
    [...facts, ...formulasOf(text, release)].join("  \n"),
    ...factParagraphs(text, release),
    footer.join(" · "),
  ]
    .filter(Boolean)
    .join("\n\n");
}

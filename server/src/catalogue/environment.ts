/** Documentation of environment variables as Markdown. */
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
  if (!first || !last) return "read by no release";
  const fromStart = first === catalogue.releases[0]?.name;
  const toEnd = last === catalogue.releases.at(-1)?.name;
  if (fromStart && toEnd) return "read by every release";
  if (toEnd) return `read from ${first}`;
  if (first === last) return `read by ${first} only`;
  return fromStart ? `read up to ${last}` : `read from ${first} to ${last}`;
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
    usual === undefined || usual === null ? [] : [`Default in ${release.name}: ${valueLabel(usual)}`];
  const words = (variable.values ?? []).filter((word) => word !== "*").map((word) => `\`${word}\``);
  if (words.length > 0)
    facts.push(`${variable.type === "switch" ? "Switched on by" : "Values"}: ${words.join(", ")}`);
  const having = readers(variable, catalogue);
  const footer = [having.charAt(0).toUpperCase() + having.slice(1)];
  if (variable.flags.length > 0) footer.push(`see ${variable.flags.map((flag) => `\`${flag}\``).join(", ")}`);
  const head = `**${name}** — ${[variable.type, variable.unit].filter(Boolean).join(", ")}, environment variable`;
  return [head, text.summary, text.details, facts.join("  \n"), footer.join(" · ")]
    .filter(Boolean)
    .join("\n\n");
}

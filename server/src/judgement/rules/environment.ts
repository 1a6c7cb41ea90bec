/** Rules about environment variables: a name that is none, a misspelt one, one that the judging release no longer reads. */
import { environmentVariable, isReadBy, readers } from "../../catalogue/environment";
import type { Catalogue } from "../../catalogue/types";
import type { EnvironmentVariable } from "../../launch/launch";
import { isOpenName, isVariableName } from "../../launch/variable-name";
import { onOneLine } from "../../launch/visible-text";
import { isSlip, nearest, surelyMeant } from "../nearest";
import type { RuleContext, RuleReport } from "./rule";

/** What is to be said of the variables that a launch sets. */
export function* environmentFindings({ launch, release, catalogue }: RuleContext): Generator<RuleReport> {
  for (const variable of launch.environment) {
    if (!isVariableName(variable.name)) {
      if (isMeantAsName(variable)) yield noName(variable);
      continue;
    }
    const known = environmentVariable(catalogue, variable.name);
    if (!known) {
      const meant = namesMeant(variable.name, catalogue);
      if (meant) yield misspelt(variable, meant, catalogue);
    } else if (!isReadBy(known, release) && known.kind.startsWith("read")) {
      yield {
        code: "environment-variable-not-read",
        message: `LightLLM ${release.name} does not read \`${variable.name}\` (${readers(known, catalogue)}).`,
        span: variable.nameSpan,
        fixes: [],
      };
    }
  }
}

/** Not one that is still to be typed, nor one that something else puts in. */
function isMeantAsName({ name, value }: EnvironmentVariable): boolean {
  return name === "" ? value.source !== "" : !isOpenName(name);
}

/** As many characters of a name as a message shows. */
const LONGEST_SHOWN = 60;

/** A name as a message shows it. */
export function shownName(name: string): string {
  const shown = onOneLine(name).replaceAll("`", "'");
  return `\`${shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN - 1)}…` : shown}\``;
}

function noName({ name, nameSpan }: EnvironmentVariable): RuleReport {
  const what =
    name === ""
      ? "An environment variable has no name here."
      : `${shownName(name)} is no name for an environment variable.`;
  const how = /^\d\w*$/.test(name)
    ? "does not begin with a digit"
    : "has English letters, digits and underscores only";
  return {
    code: "environment-variable-name",
    message: `${what} A name ${how}; a shell cannot set any other, so the launch is not started with it.`,
    span: nameSpan,
    fixes: [],
  };
}

const meantBefore = new WeakMap<Catalogue, Map<string, readonly string[] | undefined>>();

/** The variables that may be meant by an unknown name; nothing where the name is nobody's business but the user's. */
function namesMeant(name: string, catalogue: Catalogue): readonly string[] | undefined {
  const known = meantBefore.get(catalogue) ?? new Map<string, readonly string[] | undefined>();
  meantBefore.set(catalogue, known);
  if (!known.has(name)) {
    const near = nearest(name, Object.keys(catalogue.environment()));
    const slip = name.length > 6 ? near.find((other) => isSlip(name, other)) : undefined;
    const ours = /^LIGHT_?LL?M[A-Z0-9_]*$/.test(name);
    known.set(name, slip ? [slip] : ours ? near : undefined);
  }
  return known.get(name);
}

function misspelt(
  { name, nameSpan }: EnvironmentVariable,
  meant: readonly string[],
  catalogue: Catalogue,
): RuleReport {
  const sure = surelyMeant(name, Object.keys(catalogue.environment()));
  const hint = meant.length > 0 ? ` Did you mean \`${meant[0]}\`?` : "";
  return {
    code: "unknown-environment-variable",
    message: `No release of LightLLM reads a variable \`${name}\`.${hint}`,
    span: nameSpan,
    fixes: [],
    textFixes: meant.map((to, index) => ({
      title: `Change to \`${to}\``,
      kind: to === sure ? "spelling" : "choice",
      preferred: index === 0,
      edits: [{ span: nameSpan, newText: to }],
    })),
  };
}

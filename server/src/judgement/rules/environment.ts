/** Rules about environment variables: a misspelt name, one that the judging release no longer reads. */
import { environmentVariable, isReadBy, readers } from "../../catalogue/environment";
import type { Catalogue } from "../../catalogue/types";
import type { EnvironmentVariable } from "../../launch/launch";
import type { Finding } from "../finding";
import { isSlip, nearest, surelyMeant } from "../nearest";
import type { RuleContext } from "./rule";

/** What is to be said of the variables that a launch sets. */
export function* environmentFindings({ launch, release, catalogue }: RuleContext): Generator<Finding> {
  for (const variable of launch.environment) {
    const known = environmentVariable(catalogue, variable.name);
    if (!known) {
      const meant = namesMeant(variable.name, catalogue);
      if (meant) yield misspelt(variable, meant, catalogue);
    } else if (!isReadBy(known, release) && known.kind.startsWith("read")) {
      yield {
        code: "environment-variable-not-read",
        effect: "ignored",
        stage: "text",
        message: `LightLLM ${release.name} does not read \`${variable.name}\` (${readers(known, catalogue)}).`,
        span: variable.nameSpan,
        fixes: [],
      };
    }
  }
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
): Finding {
  const sure = surelyMeant(name, Object.keys(catalogue.environment()));
  const hint = meant.length > 0 ? ` Did you mean \`${meant[0]}\`?` : "";
  return {
    code: "unknown-environment-variable",
    effect: "suspicious",
    stage: "text",
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

/** The flags of one release as a JSON Schema (draft-07) of its YAML config, for any editor. */
import { environmentMarkdown, isReadBy } from "../catalogue/environment-docs";
import { docsIn, flagMarkdown, statusSentence, typeLabel, valueMarkdown } from "../catalogue/markdown";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import { say } from "../messages";

/** The JSON Schema subset in use. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A string that Python's `int()` accepts. */
const INTEGER_TEXT = "^\\s*[+-]?\\d+(_\\d+)*\\s*$";
/** A string that Python's `float()` accepts. */
const NUMBER_TEXT =
  "^\\s*[+-]?((\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?|[iI][nN][fF]([iI][nN][iI][tT][yY])?|[nN][aA][nN])\\s*$";
/** The other booleans of YAML 1.1, which an editor with YAML 1.2 reads as strings. */
const SWITCH_TEXT = "^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$";
/** At least one item, because argparse's `nargs="+"` needs at least one word. */
const SOME = { type: "array", minItems: 1 } as const;

/** The schema of a release's YAML config. */
export function jsonSchema(release: Release, catalogue: Catalogue): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const flag of release.flags) {
    for (const key of configKeys(flag)) {
      const described = property(flag, release, catalogue);
      properties[key] =
        key === flag.key ? described : { ...described, description: say("schema.alias", { flag: flag.key }) };
    }
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: say("schema.title", { release: release.name }),
    description: say("schema.description", { release: release.name, date: release.date }),
    type: ["object", "null"],
    properties: {
      ...properties,
      "<<": { description: say("schema.merge") },
      env: {
        type: ["object", "null"],
        description: say("schema.env"),
        properties: environmentProperties(release, catalogue),
        additionalProperties: { type: ["string", "number", "boolean", "null"] },
      },
    },
    patternProperties: { "^x-": { description: say("schema.own-keys") } },
    additionalProperties: false,
  };
}

/** The config keys of a flag: its long names, or its only name if it has no long one. */
export function configKeys({ name, aliases }: Pick<Flag, "name" | "aliases">): string[] {
  const long = [name, ...aliases].filter((one) => one.startsWith("--"));
  return (long.length > 0 ? long : [name]).map((one) => one.replace(/^-+/, ""));
}

/** The variables that the release reads; any other variable is allowed too. */
function environmentProperties(release: Release, catalogue: Catalogue): Record<string, JsonSchema> {
  const read = Object.entries(catalogue.environment()).filter(([, variable]) => isReadBy(variable, release));
  return Object.fromEntries(
    read.map(([name, variable]) => [
      name,
      {
        type: ["string", "number", "boolean", "null"],
        description: variable.en.summary.replaceAll("`", ""),
        markdownDescription: environmentMarkdown(name, variable, release, catalogue),
      },
    ]),
  );
}

function property(flag: Flag, release: Release, catalogue: Catalogue): JsonSchema {
  const docs = catalogue.docs(flag.key);
  const text = docsIn(docs, "en");
  const note = statusSentence(flag, release);
  const summary = text?.summary ?? (flag.help && say("flag.own-help-said", { help: flag.help }));
  return {
    ...valueSchema(flag),
    default: flag.default,
    ...enumDocs(flag, release, catalogue),
    description: summary ? `${summary} (${typeLabel(flag)})` : typeLabel(flag),
    markdownDescription: flagMarkdown(flag, release, catalogue),
    ...(note && { deprecationMessage: note }),
    ...(docs?.examples && { examples: docs.examples }),
  };
}

/** The values a config may have for a flag; `null` always omits the flag. */
function valueSchema(flag: Flag): JsonSchema {
  if (flag.kind === "switch") return { type: ["boolean", "string", "null"], pattern: SWITCH_TEXT };
  const { type, ...rest } = wordSchema(flag);
  const types = type as string[];
  if (flag.arity === "one" && flag.repeat === "last") {
    return flag.choices
      ? { type: [...types, "null"], enum: withNull(flag.choices) }
      : { type: [...types, "null"], ...rest };
  }
  const item = flag.choices ? { type: types, enum: flag.choices } : { type: types, ...rest };
  return { anyOf: [item, { ...SOME, items: item }, { type: "null" }] };
}

function withNull(choices: NonNullable<Flag["choices"]>): unknown[] {
  return choices.includes(null) ? [...choices] : [...choices, null];
}

/** One word: the number itself, or a string that Python reads as one. */
function wordSchema(flag: Flag): { type: string[]; pattern?: string } {
  if (flag.kind === "integer") return { type: ["integer", "string"], pattern: INTEGER_TEXT };
  if (flag.kind === "number") return { type: ["number", "string"], pattern: NUMBER_TEXT };
  return flag.choices ? { type: ["string"] } : { type: ["string", "number"] };
}

function enumDocs(flag: Flag, release: Release, catalogue: Catalogue): JsonSchema {
  if (!flag.choices || flag.arity !== "one") return {};
  const texts = withNull(flag.choices).map((choice) =>
    choice === null
      ? say("schema.left-out")
      : (valueMarkdown(flag, String(choice), release, catalogue) ?? ""),
  );
  return { enumDescriptions: texts.map((text) => text.replaceAll("`", "")), markdownEnumDescriptions: texts };
}

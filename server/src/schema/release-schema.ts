/** The JSON Schema of a release's YAML config: its flags, and the rules that a schema can express. */
import type { Catalogue, Release } from "../catalogue";
import { schemaConditions } from "./conditions";
import { type JsonSchema, jsonSchema } from "./flags";

/** The published schema of a release (draft-07). */
export function releaseSchema(release: Release, catalogue: Catalogue): JsonSchema {
  return { ...jsonSchema(release, catalogue), allOf: schemaConditions(release, catalogue) };
}

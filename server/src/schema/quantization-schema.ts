/** The JSON Schema of the files of `--quant_cfg` and `--vit_quant_cfg`, for editors with a YAML server of their own. */
import type { Catalogue, Release } from "../catalogue/types";
import { say } from "../messages";
import type { JsonSchema } from "./flags";

/** The published schema (draft-07) of a release. */
export function quantizationSchema(release: Release, catalogue: Catalogue): JsonSchema {
  const { key, weights } = catalogue.quantizationFile(release);
  const methods = release.byName.get("--quant_type")?.words ?? [];
  const method = (description: string) => ({ type: "string", enum: [...methods], description });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `LightLLM ${release.name}, quant_cfg`,
    type: "object",
    required: ["quant_type"],
    additionalProperties: false,
    properties: {
      quant_type: method(say("quantization.key-quant_type")),
      mix_bits: {
        type: "array",
        description: say("quantization.key-mix_bits"),
        items: {
          type: "object",
          required: [key, "quant_type"],
          additionalProperties: false,
          properties: {
            [key]: { type: "string", enum: [...weights], description: say("quantization.key-name") },
            quant_type: method(say("quantization.key-entry-type")),
            layer_nums: {
              type: "array",
              items: { type: "integer", minimum: 0 },
              description: say("quantization.key-layer_nums"),
            },
          },
        },
      },
    },
  };
}

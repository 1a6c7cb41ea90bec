// @ts-check
/** Writes the codes of all rules into the setting `lightllm.rules`, for completion where settings are edited. */

/**
 * The manifest with the codes.
 * @param {any} manifest the content of `package.json`
 * @param {readonly string[]} codes
 */
export function withRules(manifest, codes) {
  const { contributes } = manifest;
  const { configuration } = contributes;
  const { "lightllm.rules": setting, ...others } = configuration.properties;
  const rules = {
    ...setting,
    propertyNames: { enum: [...codes] },
    additionalProperties: { type: "string", enum: ["off", "hint", "warning", "error"] },
  };
  return {
    ...manifest,
    contributes: {
      ...contributes,
      configuration: { ...configuration, properties: { ...others, "lightllm.rules": rules } },
    },
  };
}

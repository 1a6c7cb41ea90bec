/** The version of the project, inserted by the build. */
declare const LIGHTLLM_CONFIG_VERSION: string | undefined;

export const version = typeof LIGHTLLM_CONFIG_VERSION === "string" ? LIGHTLLM_CONFIG_VERSION : "0.0.0-dev";

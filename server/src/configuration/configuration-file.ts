/** The name of a project's configuration. The nearest one above a file counts. */
export const CONFIGURATION_FILE = ".lightllm-config.yaml";

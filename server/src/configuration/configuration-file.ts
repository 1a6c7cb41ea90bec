/** The files that may hold a project's configuration. */

/** The name of a project's own configuration file. The nearest one above a file counts. */
export const CONFIGURATION_FILE = ".lightllm-config.yaml";

/** All files of a folder that may hold the configuration; the first one that does counts. */
export const CONFIGURATION_FILES = [CONFIGURATION_FILE, "package.json", "pyproject.toml"] as const;

/** Whether a path or URI is that of a project's own configuration file. */
export function isConfigurationFile(path: string): boolean {
  return /(?:^|[\\/])\.lightllm-config\.yaml$/.test(path);
}

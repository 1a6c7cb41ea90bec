/** The `lightllm` section of the user's settings; anything missing or of the wrong type counts as not set. */
import type { Settings } from "../features";

export function readSettings(section: unknown): Settings {
  const values = (typeof section === "object" && section !== null ? section : {}) as Record<string, unknown>;
  const release = values.release;
  return {
    setting: typeof release === "string" && release.trim() !== "" ? release.trim() : undefined,
    language: "en",
  };
}

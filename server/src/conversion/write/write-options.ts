/** Options of the writers. */
export interface WriteOptions {
  /** The Python interpreter that starts LightLLM. */
  readonly python: string;
  /** Tag of LightLLM's image for each launch, in the order of the launches. */
  readonly tags: readonly string[];
}

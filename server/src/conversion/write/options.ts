/** What the writers are told beside the launches. */
export interface WriteOptions {
  /** The Python interpreter that starts LightLLM. */
  readonly python: string;
  /** The tag of LightLLM's image for each launch, in their order. */
  readonly tags: readonly string[];
}

/** Options of the writers. */
export interface WriteOptions {
  /** The Python interpreter that starts LightLLM. */
  readonly python: string;
  /** Tag of LightLLM's image for each launch, in the order of the launches. */
  readonly tags: readonly string[];
  /**
   * How launches on several machines reach each other: `host` at the addresses of their machines, `names` by their names.
   * Absent if nothing is known of it.
   */
  readonly network?: "host" | "names";
}

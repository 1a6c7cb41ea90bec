/** The catalogue: the flags of LightLLM's releases, and their documentation. */
export { buildCatalogue, shippedCatalogue } from "./catalogue";
export type * from "./engine-facts";
export { environmentMarkdown, environmentVariable, isInternal, isReadBy, readers } from "./environment-docs";
export { availability, defaultHistory, releasesWith } from "./history";
export * from "./markdown";
export type * from "./move-facts";
export type * from "./rule-facts";
export type * from "./types";

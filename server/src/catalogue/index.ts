/** The catalogue: what LightLLM's releases know of their flags, and what we say about them. */
export { buildCatalogue, shippedCatalogue } from "./catalogue";
export { environmentMarkdown, environmentVariable, isInternal, isReadBy, readers } from "./environment";
export { availability, defaultHistory, releasesWith } from "./history";
export * from "./markdown";
export type * from "./types";

// @ts-check
/** An error in the catalogue's source, in one sentence. */
export class SourceError extends Error {}

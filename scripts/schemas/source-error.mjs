// @ts-check
/** Something in the catalogue's source that people have to mend; said in one sentence. */
export class SourceError extends Error {}

/** The types of semantic tokens, in the order of their numbers. */

/** `lightllmFlag` is ours, so that themes without a colour for flags get one from its scopes. */
export const TOKEN_TYPES = ["lightllmFlag", "string", "number"] as const;

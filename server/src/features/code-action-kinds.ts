/** The kinds of code actions. Data without imports: the server sends them before it loads anything else. */

/** "Fix all", for `editor.codeActionsOnSave`. */
export const FIX_ALL_KIND = "source.fixAll.lightllm";

/** Migrates a launch to another release. */
export const MIGRATE_KIND = "refactor.rewrite.lightllm.migrate";

/** Converts a launch to another notation. */
export const CONVERT_KIND = "refactor.rewrite.lightllm.convert";

/** All kinds, for the server's capabilities. */
export const CODE_ACTION_KINDS: readonly string[] = ["quickfix", FIX_ALL_KIND, MIGRATE_KIND, CONVERT_KIND];

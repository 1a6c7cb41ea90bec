/** The kinds of code action that we offer. Data without imports: the server names them before it loads anything else. */

/** "Fix all in this file", which `editor.codeActionsOnSave` can name. */
export const FIX_ALL_KIND = "source.fixAll.lightllm";

/** Carries a launch over to another release. */
export const MIGRATE_KIND = "refactor.rewrite.lightllm.migrate";

/** Writes a launch in another notation. */
export const CONVERT_KIND = "refactor.rewrite.lightllm.convert";

/** All of them, for the server's capabilities. */
export const CODE_ACTION_KINDS: readonly string[] = ["quickfix", FIX_ALL_KIND, MIGRATE_KIND, CONVERT_KIND];

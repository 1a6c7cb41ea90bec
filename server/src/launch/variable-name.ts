/** Names of environment variables. */

declare const checked: unique symbol;

/** A name that is valid in every shell and container file: `[A-Za-z_][A-Za-z0-9_]*`. */
export type VariableName = string & { readonly [checked]: true };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a text is a valid name of an environment variable. Check every name with this before writing it. */
export function isVariableName(text: string): text is VariableName {
  return NAME.test(text);
}

/** A template or variable reference: `{{ … }}`, `{% … %}`, `$NAME`, `${NAME…}`. */
const OPEN = /\{\{|\{%|\$[A-Za-z_]|\$\{[A-Za-z_]/;

/** Whether a name is known only when the launch runs. */
export function isOpenName(text: string): boolean {
  return OPEN.test(text);
}

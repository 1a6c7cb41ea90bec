/** Names of environment variables. */

declare const checked: unique symbol;

/** A name that every shell and every container file takes as it is: `[A-Za-z_][A-Za-z0-9_]*`. */
export type VariableName = string & { readonly [checked]: true };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a text can be the name of an environment variable. What is written anywhere goes through here. */
export function isVariableName(text: string): text is VariableName {
  return NAME.test(text);
}

/** A template, or a reference to a variable: `{{ … }}`, `{% … %}`, `$NAME`, `${NAME…}`. */
const OPEN = /\{\{|\{%|\$[A-Za-z_]|\$\{[A-Za-z_]/;

/** Whether a name is only known when the launch runs. */
export function isOpenName(text: string): boolean {
  return OPEN.test(text);
}

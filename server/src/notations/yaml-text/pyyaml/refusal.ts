/** Why PyYAML refuses a text. */

/** What PyYAML finds wrong; each kind has its sentence in `schemas/messages/en/yaml.yaml`. */
export type RefusalKind =
  | "tab"
  | "reserved-character"
  | "key-without-colon"
  | "key-not-here"
  | "item-not-here"
  | "directive"
  | "anchor-name"
  | "tag-name"
  | "block-header"
  | "open-quote"
  | "escape"
  | "value-missing"
  | "indentation"
  | "comma-missing"
  | "after-end"
  | "document-start";

/** The first fault that PyYAML finds, by its place in the text. */
export interface SyntaxRefusal {
  readonly kind: RefusalKind;
  readonly start: number;
  readonly end: number;
}

/** Thrown where reading stops. */
export class StopReading extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly start: number,
    readonly end = start + 1,
  ) {
    super(kind);
  }
}

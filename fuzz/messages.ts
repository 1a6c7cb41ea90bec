/** Messages between the supervisor and the worker. */

import type { NotationId } from "../server/src/notations";
import type { Area, Edited, Failed } from "./checks";

/** A job for a worker. */
export type Job =
  | {
      readonly kind: "sessions";
      /** The project's folder. */
      readonly root: string;
      /** The bundled program, whose server is tested too. */
      readonly program: string;
      readonly seed: number;
      /** The first session, and the number of sessions; unlimited if absent. */
      readonly from: number;
      readonly count?: number | undefined;
      readonly areas: readonly Area[];
      readonly notations: readonly NotationId[];
      /** Keys of failures that are already reported. */
      readonly known: readonly string[];
    }
  /** Run all checks on one text, which may crash the process. */
  | { readonly kind: "text"; readonly edited: Edited; readonly areas: readonly Area[] };

/** A failure with the text that shows it. */
export interface Found {
  readonly failed: Failed;
  readonly seed: number;
  readonly session: number;
  readonly edit: number;
  readonly notation: NotationId | "";
  /** As short as possible. */
  readonly edited: Edited;
}

/** A message of a worker. */
export type Told =
  /** Sent before a text is checked: if the worker crashes or hangs, this text is the cause. */
  | { readonly kind: "asks"; readonly session: number; readonly edit: number; readonly edited: Edited }
  | { readonly kind: "asked"; readonly edits: number; readonly session: number }
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "done" };

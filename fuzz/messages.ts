/** What the process that supervises and the one that works tell each other. */

import type { NotationId } from "../server/src/notations";
import type { Area, Edited, Failed } from "./checks";

/** What a worker is to do. */
export type Job =
  | {
      readonly kind: "sessions";
      /** The project's folder. */
      readonly root: string;
      /** The bundled program, whose server is asked too. */
      readonly program: string;
      readonly seed: number;
      /** The first session, and how many; on and on when absent. */
      readonly from: number;
      readonly count?: number | undefined;
      readonly areas: readonly Area[];
      readonly notations: readonly NotationId[];
      /** Keys of failures that were reported already. */
      readonly known: readonly string[];
    }
  /** To ask everything of one text, for what kills the process that does it. */
  | { readonly kind: "text"; readonly edited: Edited; readonly areas: readonly Area[] };

/** A failure with the text that shows it. */
export interface Found {
  readonly failed: Failed;
  readonly seed: number;
  readonly session: number;
  readonly edit: number;
  readonly notation: NotationId | "";
  /** As short as it could be made. */
  readonly edited: Edited;
}

/** What a worker tells. */
export type Told =
  /** It is about to ask about this text: should it die or never end, this is why. */
  | { readonly kind: "asks"; readonly session: number; readonly edit: number; readonly edited: Edited }
  | { readonly kind: "asked"; readonly edits: number; readonly session: number }
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "done" };

/** What the files of a beginning hold, as data: `schemas/beginnings.yaml`, where each field is described. */
import beginnings from "../../../schemas/generated/beginnings.json?raw";

/** What a launch does in its deployment. */
export type Role = "server" | "node" | "config-server" | "pd-master" | "prefill" | "decode";

export const PURPOSES = [
  "one-node",
  "nodes",
  "expert-parallel",
  "pd",
  "pd-masters",
  "multimodal",
  "reward",
] as const;
export type PurposeId = (typeof PURPOSES)[number];

export interface PurposeFacts {
  readonly launches: readonly Role[];
  readonly needs?: readonly string[];
  /** Whether a model is certainly not for it. */
  readonly unfit?: string;
  /** Whether a model is made for it. */
  readonly made?: string;
}

/** A flag or a variable of some launches. */
export interface Entry {
  readonly id: string;
  readonly flag?: string;
  readonly env?: string;
  readonly value?: string;
  readonly if?: string;
  readonly for: readonly Role[];
  readonly use?: "always" | "cure" | "proposal";
  readonly with?: string;
}

export interface BeginningFacts {
  readonly purposes: Readonly<Record<PurposeId, PurposeFacts>>;
  readonly entries: readonly Entry[];
}

let facts: BeginningFacts | undefined;

export function beginningFacts(): BeginningFacts {
  facts ??= JSON.parse(beginnings) as BeginningFacts;
  return facts;
}

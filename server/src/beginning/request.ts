/** What is asked of a beginning, and the answer. */
import type { FormatId, Release, Surroundings } from "../service";
import type { PurposeId } from "./purposes";

/** The formats that a beginning is written in. */
export const BEGINNING_FORMATS = [
  "yaml",
  "shell",
  "compose",
  "kubernetes",
  "systemd",
] as const satisfies readonly FormatId[];
export type BeginningFormat = (typeof BEGINNING_FORMATS)[number];

export interface BeginningModel {
  /** The folder in `model_dir`. */
  readonly folder: string;
  /** What is known of the files on this machine, if they may be read. */
  readonly surroundings?: Surroundings | undefined;
  /** A public model, whose config.json is known. */
  readonly publicName?: string | undefined;
}

export interface BeginningRequest {
  readonly purpose: PurposeId;
  readonly release: Release;
  readonly format: BeginningFormat;
  readonly model: BeginningModel;
  /** GPUs of a node, which `service.readGpu` knows: `H100x8`. */
  readonly gpu: string;
  /** Nodes of a server over several nodes; 2 if absent. */
  readonly nodes?: number | undefined;
  /** PD masters where there may be several; 2 if absent. */
  readonly masters?: number | undefined;
  /** The address of each launch, in their order; examples if absent. */
  readonly hosts?: readonly string[] | undefined;
}

export interface BegunFile {
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** The files, or why there are none, as a sentence. */
export type Beginning =
  | { readonly kind: "files"; readonly files: readonly BegunFile[] }
  | { readonly kind: "refused"; readonly why: string };

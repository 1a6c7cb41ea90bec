/** A deployment: launches that belong together, and what is wrong between them. */
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import type { Finding } from "../judgement/finding";
import type { FixKind, Span, TextChange } from "../launch/launch";
import type { LaunchChange, VariableChange } from "../launch/launch-change";

/** A launch of a deployment, in its document. */
export interface Member {
  readonly document: LaunchDocument;
  readonly launch: JudgedLaunch;
  /** Its index among the launches of the document. */
  readonly index: number;
}

/**
 * Why launches belong together: a comment or key names their deployment; the configuration does; they are in one file;
 * one text starts the same launch with several ranks; they name each other's addresses; each is the only one of its
 * folder that has what the others lack.
 */
export type DeploymentReason = "comment" | "configuration" | "file" | "ranks" | "addresses" | "parts";

/** Launches that belong together, before they are judged. */
export interface LaunchGroup {
  /** The given name, else the name of the file or folder. */
  readonly name: string;
  readonly reason: DeploymentReason;
  /** In the order of the documents and their texts. */
  readonly members: readonly Member[];
}

export interface Deployment extends LaunchGroup {
  /** Findings between its launches that no comment silences. */
  readonly findings: readonly DeploymentFinding[];
}

/** A place that a finding is about besides its own, possibly in another document. */
export interface OtherPlace {
  readonly member: Member;
  readonly span: Span;
  readonly message: string;
}

/** A change of a member that may solve a finding. */
export interface Remedy {
  readonly title: string;
  readonly kind: FixKind;
  readonly member: Member;
  readonly changes: readonly (LaunchChange | VariableChange)[];
  /** Changes of the text around the launch. */
  readonly edits?: readonly TextChange[];
}

/** A finding between launches. Its span is in the document of its member. */
export interface DeploymentFinding extends Finding {
  readonly member: Member;
  readonly others: readonly OtherPlace[];
  /** Possible solutions before any test, the most likely first. */
  readonly remedies: () => readonly Remedy[];
}

/** The edits of one document. */
export interface DocumentEdits {
  readonly document: LaunchDocument;
  readonly edits: readonly TextChange[];
}

/** A fix of a finding between launches; it may change other documents than that of the finding. */
export interface DeploymentFix {
  readonly title: string;
  readonly kind: FixKind;
  readonly preferred: boolean;
  readonly edits: readonly DocumentEdits[];
}

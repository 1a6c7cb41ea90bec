/** A deployment: launches that belong together, and what is wrong between them. */
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import type { Finding } from "../judgement/finding";
import type { PointedFile } from "../judgement/surroundings";
import type { FixKind, Span, TextChange } from "../launch/launch";
import type { LaunchChange, VariableChange } from "../launch/launch-change";

/** A launch of a deployment, in its document. */
export interface Member {
  readonly document: LaunchDocument;
  readonly launch: JudgedLaunch;
  /** Its index among the launches of the document, of which those of images that it builds are the last. */
  readonly index: number;
}

/** The launches of a document as members: its own, and those of the images that it builds. */
export function membersIn(document: LaunchDocument): readonly Member[] {
  const { launches, built = [] } = document;
  return [...launches, ...built.map(({ launch }) => launch)].map((launch, index) => ({
    document,
    launch,
    index,
  }));
}

/** The file that builds the image of a member; undefined if its launch is in its own document. */
export function builtImageOf({ document, index }: Member): PointedFile | undefined {
  return document.built?.[index - document.launches.length]?.image;
}

/** The documents whose images another one of them builds and starts: what runs is the launch there. */
export function imagesOfOthers(documents: readonly LaunchDocument[]): ReadonlySet<LaunchDocument> {
  const images = documents.flatMap(({ built = [] }) => built.map(({ image }) => image));
  const isImage = ({ document, file }: LaunchDocument) =>
    images.some(({ uri, text }) => uri === document.uri || text === file.text);
  return new Set(images.length > 0 ? documents.filter(isImage) : []);
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

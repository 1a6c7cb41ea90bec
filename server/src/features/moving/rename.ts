/** Renames an anchor or a variable, if the text certainly means the same afterwards. */
import { type Range, TextEdit, type WorkspaceEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import { environmentVariable } from "../../catalogue";
import { applyEdits } from "../../edits/text-edits";
import { type Launch, type Span, writtenFor } from "../../launch/launch";
import { say } from "../../messages";
import { allNames, type Named, type NamedAt, nameAt } from "./occurrences";
import { wholeName } from "./whole-name";

/** What is renamed, or why it cannot be: a sentence. */
export type RenamePlace =
  | { readonly kind: "place"; readonly range: Range; readonly name: string }
  | { readonly kind: "refused"; readonly why: string };

/** What a rename at an offset would change; undefined if there is no name. */
export function renamePlace(launchDocument: LaunchDocument, offset: number): RenamePlace | undefined {
  const at = renamed(launchDocument, offset);
  if (!at) return undefined;
  const why = doubt(launchDocument, at.named);
  if (why !== undefined) return { kind: "refused", why };
  return { kind: "place", range: rangeOf(launchDocument.document, at.span), name: at.named.name };
}

export type Renaming =
  | { readonly kind: "edit"; readonly edit: WorkspaceEdit }
  | { readonly kind: "refused"; readonly why: string };

/** The edits of a rename; undefined if there is no name at the offset. */
export function rename(launchDocument: LaunchDocument, offset: number, to: string): Renaming | undefined {
  const at = renamed(launchDocument, offset);
  if (!at) return undefined;
  const { named } = at;
  const why = doubt(launchDocument, named) ?? unfit(launchDocument, named, to);
  if (why !== undefined) return { kind: "refused", why };
  const { document, file, notation } = launchDocument;
  const edits = placesOf(named).map((span) => ({ span, newText: to }));
  const after = notation.find(applyEdits(file.text, edits));
  const name = isOfVariable(named) ? named.name : undefined;
  const called = named.kind === "launch" ? named.name : undefined;
  const isSame =
    after.launches.length === file.launches.length &&
    after.problems.length === file.problems.length &&
    file.launches.every((launch, index) => {
      const now = after.launches[index];
      return (
        now !== undefined &&
        meaningOf(
          called !== undefined && called === launch.name ? { ...launch, name: to } : launch,
          name,
          to,
        ) === meaningOf(now, undefined, to)
      );
    });
  if (!isSame) return { kind: "refused", why: say("moving.changes", { name: named.name }) };
  const changes = edits.map(({ span }) => TextEdit.replace(rangeOf(document, span), to));
  return { kind: "edit", edit: { changes: { [document.uri]: changes } } };
}

function renamed(launchDocument: LaunchDocument, offset: number): NamedAt | undefined {
  const at = nameAt(launchDocument, offset);
  return at && at.named.given.length > 0 ? at : undefined;
}

function placesOf({ given, used }: Named): Span[] {
  return [...given, ...used].sort((a, b) => a.start - b.start);
}

/** Why a name cannot be renamed at all. */
function doubt(launchDocument: LaunchDocument, named: Named): string | undefined {
  const { name, kind } = named;
  if (kind === "anchor" || kind === "launch") return undefined;
  if (environmentVariable(launchDocument.catalogue, name)) return say("moving.read-by-lightllm", { name });
  return elsewhere(launchDocument, named) ? say("moving.elsewhere", { name }) : undefined;
}

/** Why a name cannot have another name. */
function unfit(launchDocument: LaunchDocument, { kind, name }: Named, to: string): string | undefined {
  const isVariable = kind === "variable" || kind === "environment";
  if (kind === "launch" && !/^[A-Za-z\d](?:[\w.-]*[A-Za-z\d])?$/.test(to))
    return say("moving.no-launch-name", { name: to });
  if (kind === "anchor" && !/^[^\s[\]{},*&]+$/.test(to)) return say("moving.no-anchor", { name: to });
  if (isVariable && !/^[A-Za-z_]\w*$/.test(to)) return say("moving.no-variable", { name: to });
  if (isVariable && environmentVariable(launchDocument.catalogue, to))
    return say("moving.read-by-lightllm", { name: to });
  const isTaken =
    to !== name &&
    (allNames(launchDocument).some((other) => other.name === to && isVariable === isOfVariable(other)) ||
      (isVariable && wholeName(to).test(launchDocument.file.text)));
  return isTaken ? say("moving.taken", { name: to }) : undefined;
}

function isOfVariable({ kind }: Named): boolean {
  return kind === "variable" || kind === "environment";
}

/** Whether a name is also in a place that is not known to be this name; comments do not count. */
function elsewhere({ file, notation }: LaunchDocument, named: Named): boolean {
  const known = new Set(placesOf(named).map(({ start }) => start));
  for (const { index } of file.text.matchAll(wholeName(named.name, "-"))) {
    if (known.has(index)) continue;
    const lineStart = file.text.lastIndexOf("\n", index) + 1;
    const before = file.text.slice(lineStart, index).trimStart();
    if (!notation.comments.some((sign) => before.startsWith(sign))) return true;
  }
  return false;
}

/** What a launch means, with a variable under its new name. */
function meaningOf(launch: Launch, name: string | undefined, to: string): string {
  const mapped = (text: string) => (name === undefined ? text : text.replace(wholeName(name), () => to));
  const words = writtenFor(launch).map(({ flag, words: own, counts }) => [
    counts,
    flag,
    ...own.map(({ text, source }) => text ?? `? ${mapped(source)}`),
  ]);
  const environment = launch.environment.map(({ name: own, value }) => [
    own === name ? to : own,
    value.text ?? `? ${mapped(value.source)}`,
  ]);
  return JSON.stringify([launch.name, words, environment]);
}

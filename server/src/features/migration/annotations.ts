/** The reasons of a migration beside each of its edits, for an editor that shows edits before it makes them. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { AnnotatedTextEdit, ChangeAnnotation } from "vscode-languageserver-types";
import { rangeOf } from "../../analysis/document";
import { spanFrom, type TextChange } from "../../launch/launch";
import { say } from "../../messages";
import type { Migration } from "./migrate-launches";
import type { Told } from "./outcome";

/** The annotation of an edit that changes nothing. */
export const LAUNCH = "lightllm.launch";

/** The reasons of edits, each set of them once. */
export class Annotations {
  readonly all: Record<string, ChangeAnnotation> = {
    [LAUNCH]: {
      label: say("migration.the-launch"),
      description: say("migration.no-change"),
      needsConfirmation: true,
    },
  };
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly migration: Migration,
    private readonly from: string,
  ) {}

  /** The edits of a text with their reasons. @param uri of a file that the launch names. */
  annotated(
    at: TextDocument,
    text: string,
    changes: readonly TextChange[],
    uri?: string,
  ): AnnotatedTextEdit[] {
    return changes.flatMap((change) => {
      const pieces = lineByLine(text, change).map((piece) => ({
        piece,
        own: uri === undefined ? this.ofLaunches(text, piece) : this.ofFile(uri),
      }));
      // A line with a value only belongs to the flag above it, or below if the change begins with it.
      let reason = pieces.find(({ own }) => own)?.own ?? this.general();
      return pieces.map(({ piece: { span, newText }, own }) => {
        reason = own ?? reason;
        return { range: rangeOf(at, span), newText, annotationId: this.idOf(reason) };
      });
    });
  }

  /** The reasons for what a change removes or writes; undefined if no flag or variable is in it. */
  private ofLaunches(text: string, { span, newText }: TextChange): ChangeAnnotation | undefined {
    const { launches, to } = this.migration;
    const before = text.slice(span.start, span.end);
    const reasons = launches
      .flatMap((one) => one.reasons)
      .map(
        ({ sentence, names }): Told => ({
          sentence,
          names: names.filter((name) => isNamedIn(`${before}\n${newText}`, name)),
        }),
      )
      .filter(({ names }) => names.length > 0);
    const release = to.name.replace(/^v/, "");
    const isRelease = newText.includes(release) && !before.includes(release);
    if (reasons.length === 0 && !isRelease) return undefined;
    const names = reasons.flatMap((one) => one.names.map((name) => name.replace(/^--/, "")));
    const label = [...new Set(names)].join(", ") || say("migration.to", { release: to.name });
    return describe(label, [
      ...(isRelease ? [say("migration.names-release", { release: to.name })] : []),
      ...reasons.map(({ sentence }) => sentence),
    ]);
  }

  /** What is true of every change. */
  private general(): ChangeAnnotation {
    const label = say("migration.to", { release: this.migration.to.name });
    return describe(label, [say("migration.to-from", { release: this.from })]);
  }

  private ofFile(uri: string): ChangeAnnotation | undefined {
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
    const said = this.migration.launches.flatMap(({ done, notes, differences }) => [
      ...done,
      ...notes,
      ...differences,
    ]);
    const about = said.filter((sentence) => sentence.includes(name));
    return about.length > 0 ? describe(name, about) : undefined;
  }

  private idOf(annotation: ChangeAnnotation): string {
    const key = JSON.stringify(annotation);
    const id = this.ids.get(key) ?? `lightllm.migrate.${this.ids.size + 1}`;
    this.ids.set(key, id);
    this.all[id] = annotation;
    return id;
  }
}

/** An annotation in plain text: editors show it in one line. */
function describe(label: string, sentences: readonly string[]): ChangeAnnotation {
  return { label, description: [...new Set(sentences)].join(" ").replaceAll("`", "'") };
}

/** Whether a text has a flag or variable by its name; a notation may write a flag without its dashes. */
function isNamedIn(text: string, name: string): boolean {
  const bare = name.replace(/^-+/, "");
  const before = text.replace(/(?<=[a-z])-(?=[a-z])/g, "_");
  return new RegExp(`(?<![\\w-])(?:--)?${escaped(bare)}(?![\\w-])`).test(before);
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A change as one for each line, where lines are only added, or as many are written as were there. */
function lineByLine(text: string, change: TextChange): TextChange[] {
  const lines = (some: string) => some.split(/(?<=\n)/);
  const [before, after] = [lines(text.slice(change.span.start, change.span.end)), lines(change.newText)];
  if (change.span.start === change.span.end)
    return after.filter((line) => line !== "").map((newText) => ({ span: change.span, newText }));
  if (before.length !== after.length) return [change];
  let at = change.span.start;
  return before.map((line, index) => {
    const span = spanFrom(at, at + line.length);
    at += line.length;
    return { span, newText: after[index] ?? "" };
  });
}

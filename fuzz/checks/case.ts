/** One text, opened as the server opens it, for the checks to examine. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem } from "vscode-languageserver-types";
import { FIX_ALL_KIND } from "../../server/src/features/code-action-kinds";
import { type LaunchDocument, type Notation, service } from "../../server/src/service";
import { type Random, randomFrom } from "../random";
import type { Subject } from "../seeds";

const { analyse, codeActions, complete, diagnose, reportedFindings, notationOf, shippedCatalogue } = service;

/** A text, and the text of the document before its last edit, if there was one. */
export interface Edited extends Subject {
  readonly before?: string | undefined;
}

type Actions = ReturnType<typeof codeActions>;

/**
 * The document that the checks examine. Their random choices depend only on the text, so that the text alone repeats a
 * failure.
 */
export class Case {
  readonly random: Random;
  /** Computed once, because several checks use it. */
  readonly diagnostics: ReturnType<typeof diagnose>;
  readonly findings: ReturnType<typeof reportedFindings>;
  private found: Actions | undefined;
  private places: readonly number[] | undefined;
  private readonly completed = new Map<number, CompletionItem[]>();
  private readonly reopened = new Map<string, LaunchDocument>();

  private constructor(
    readonly edited: Edited,
    readonly document: LaunchDocument,
    /** Whether to check all places instead of some. */
    readonly thorough: boolean,
  ) {
    this.random = randomFrom(edited.text);
    this.diagnostics = diagnose(document);
    this.findings = reportedFindings(document);
  }

  /** Opens a text; `undefined` if no notation reads it. */
  static open(edited: Edited, thorough = false): Case | undefined {
    const document = open(edited, edited.text);
    return document && new Case(edited, document, thorough);
  }

  get text(): string {
    return this.edited.text;
  }

  /** The same document with another text. Edits at several places often lead to the same text: it is opened once. */
  reopen(text: string): LaunchDocument | undefined {
    const known = this.reopened.get(text);
    if (known) return known;
    const document = open(this.edited, text);
    if (document) this.reopened.set(text, document);
    return document;
  }

  /** The quick fixes of the whole file, as if the user had selected all of it. */
  get actions(): Actions {
    this.found ??= this.ask();
    return this.found;
  }

  private ask(): Actions {
    const { document } = this.document;
    const all = { start: { line: 0, character: 0 }, end: document.positionAt(this.text.length) };
    return codeActions(this.document, { range: all, diagnostics: [], asked: true });
  }

  /** Whether to run a slow check on this text: sometimes, and always in a thorough check. */
  now(share: number): boolean {
    return this.thorough || this.random.chance(share);
  }

  /** Some items of a list; many more in a thorough check. */
  some<T>(list: readonly T[], most: number): T[] {
    return this.random.some(list, this.thorough ? most * 40 : most);
  }

  /** The completion items at a place. */
  completions(offset: number): CompletionItem[] {
    const items = this.completed.get(offset) ?? complete(this.document, offset);
    this.completed.set(offset, items);
    return items;
  }

  /** Up to `most` places to check; a thorough check uses more. */
  offsets(most: number): readonly number[] {
    this.places ??= this.somePlaces();
    return this.thorough ? this.places : this.places.slice(0, most);
  }

  /** Starts and ends of words, and random places; none inside a character. */
  private somePlaces(): number[] {
    const { text, random } = this;
    const whole = (at: number) => at >= 0 && at <= text.length && !isInsideCharacter(text, at);
    if (this.thorough && text.length <= 400)
      return Array.from({ length: text.length + 1 }, (_, at) => at).filter(whole);
    const spans = this.document.launches.flatMap(({ launch }) => [
      launch.span,
      ...launch.arguments.flatMap(({ flagSpan, valueSpan, words }) => [
        flagSpan,
        valueSpan,
        ...words.map(({ span }) => span),
      ]),
      ...launch.environment.flatMap(({ nameSpan, value }) => [nameSpan, value.span]),
    ]);
    const edges = spans.flatMap(({ start, end }) => [start, start + 1, end, end + 1]);
    const places = Array.from({ length: this.thorough ? 60 : 6 }, (_, at) =>
      at % 3 < 2 && edges.length > 0 ? random.pick(edges) : random.below(text.length + 1),
    );
    return [...new Set(places)].filter(whole);
  }
}

/** A new document without cached state. */
export function open({ uri, languageId }: Subject, text: string, counted?: Work): LaunchDocument | undefined {
  const notation = notationOf(languageId, uri, text);
  const document = TextDocument.create(uri, languageId, 1, text);
  return (
    notation &&
    analyse(
      document,
      counted ? counting(notation, counted) : notation,
      { language: "en" },
      shippedCatalogue(),
    )
  );
}

/** Counts of work. */
export interface Work {
  /** How often a text was searched for launches. */
  reads: number;
  /** How many changes were written. */
  writes: number;
}

function counting(notation: Notation, work: Work): Notation {
  return {
    ...notation,
    find(text, cache) {
      work.reads++;
      return notation.find(text, cache);
    },
    write(text, launch, change) {
      work.writes++;
      return notation.write(text, launch, change);
    },
  };
}

/** The current "fix all" action; `undefined` if it is not offered. */
export function fixAllOf(document: LaunchDocument): Actions[number] | undefined {
  const all = {
    start: { line: 0, character: 0 },
    end: document.document.positionAt(Number.MAX_SAFE_INTEGER),
  };
  return codeActions(document, { range: all, diagnostics: [], only: [FIX_ALL_KIND] })[0];
}

/** Whether an offset is inside a CRLF line break or a surrogate pair. */
export function isInsideCharacter(text: string, offset: number): boolean {
  const pair = text.slice(offset - 1, offset + 1);
  return offset > 0 && (pair === "\r\n" || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair));
}

/** One text, opened as the server opens it, for the checks to ask. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem } from "vscode-languageserver-types";
import { FIX_ALL } from "../../server/src/features/code-actions";
import { type LaunchDocument, type Notation, service } from "../../server/src/service";
import { type Random, randomFrom } from "../random";
import type { Subject } from "../seeds";

const { analyse, codeActions, complete, diagnose, heardFindings, notationOf, shippedCatalogue } = service;

/** A text, and the text of the document before its last edit, where there was one. */
export interface Edited extends Subject {
  readonly before?: string | undefined;
}

type Actions = ReturnType<typeof codeActions>;

/** What the checks ask. All that they choose by chance follows from the text, so that the text alone repeats a failure. */
export class Case {
  readonly random: Random;
  /** What may be asked for again and again is found once. */
  readonly diagnostics: ReturnType<typeof diagnose>;
  readonly findings: ReturnType<typeof heardFindings>;
  private found: Actions | undefined;
  private places: readonly number[] | undefined;
  private readonly completed = new Map<number, CompletionItem[]>();

  private constructor(
    readonly edited: Edited,
    readonly document: LaunchDocument,
    /** Whether all places are asked, and not some. */
    readonly thorough: boolean,
  ) {
    this.random = randomFrom(edited.text);
    this.diagnostics = diagnose(document);
    this.findings = heardFindings(document);
  }

  /** Nothing for a text that no notation reads: we are silent there. */
  static open(edited: Edited, thorough = false): Case | undefined {
    const document = open(edited, edited.text);
    return document && new Case(edited, document, thorough);
  }

  get text(): string {
    return this.edited.text;
  }

  /** The same document with another text. */
  reopen(text: string): LaunchDocument | undefined {
    return open(this.edited, text);
  }

  /** The quick fixes of the whole file, as for somebody who selects all of it and asks. */
  get actions(): Actions {
    this.found ??= this.ask();
    return this.found;
  }

  private ask(): Actions {
    const { document } = this.document;
    const all = { start: { line: 0, character: 0 }, end: document.positionAt(this.text.length) };
    return codeActions(this.document, { range: all, diagnostics: [], asked: true });
  }

  /** Whether what takes long is asked of this text: now and then, and always in a thorough check. */
  now(share: number): boolean {
    return this.thorough || this.random.chance(share);
  }

  /** Some of a list; many more in a thorough check. */
  some<T>(list: readonly T[], most: number): T[] {
    return this.random.some(list, this.thorough ? most * 40 : most);
  }

  /** What is offered at a place. */
  completions(offset: number): CompletionItem[] {
    const items = this.completed.get(offset) ?? complete(this.document, offset);
    this.completed.set(offset, items);
    return items;
  }

  /** So many of the places to ask at; a thorough check asks at more. */
  offsets(most: number): readonly number[] {
    this.places ??= this.somePlaces();
    return this.thorough ? this.places : this.places.slice(0, most);
  }

  /** Where words begin and end, and anywhere else; none inside a character. */
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

/** A document without anything that is known from before. */
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

/** How much was read. */
export interface Work {
  /** How often a text was read for launches. */
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

/** What "fix all" would do now; nothing where it is not offered. */
export function fixAllOf(document: LaunchDocument): Actions[number] | undefined {
  const all = {
    start: { line: 0, character: 0 },
    end: document.document.positionAt(Number.MAX_SAFE_INTEGER),
  };
  return codeActions(document, { range: all, diagnostics: [], only: [FIX_ALL] })[0];
}

/** Whether an offset is between the halves of a line end or of a character. */
export function isInsideCharacter(text: string, offset: number): boolean {
  const pair = text.slice(offset - 1, offset + 1);
  return offset > 0 && (pair === "\r\n" || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair));
}

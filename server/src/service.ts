/**
 * The language service on one page: what the server, the command line and the scripts ask. It reads no file and no clock,
 * and is the same in Node and in a browser. Of one process only the language of its texts is chosen (`messages/`). Nothing
 * above this file imports anything below it.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Position,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import { misfits } from "./analysis/chosen-release";
import {
  analyse,
  analyseAt,
  analyseInSteps,
  type Beside,
  type LaunchDocument,
  offsetOf,
  rangeOf,
  type Settings,
} from "./analysis/document";
import type { JudgedLaunch } from "./analysis/judge-file";
import { countProblems, problemsOf } from "./analysis/launch-problems";
import { nearestLaunch } from "./analysis/nearest-launch";
import { argvOf, knownValues } from "./analysis/report";
import { findingsAbout, reportedFindings } from "./analysis/reported-findings";
import { type Catalogue, type Language, type Release, shippedCatalogue } from "./catalogue";
import { findRelease } from "./catalogue/find-release";
import { type Conversion, conversionOf } from "./conversion/conversion";
import { type ConvertOptions, convert, portableOf, refusals } from "./conversion/convert";
import { FORMATS, type FormatId, isFormat } from "./conversion/formats";
import type { PortableLaunch } from "./conversion/portable";
import {
  type Environment,
  type LaunchProcess,
  processOf,
  type ResolvingNotation,
  withEnvironment,
} from "./conversion/process";
import { allFixes, fixesOf, type WrittenFix } from "./edits/fixes";
import { releaseEdit } from "./edits/release-edit";
import { applyEdits } from "./edits/text-edits";
import { type CodeActionOptions, type CodeActionQuery, codeActions } from "./features/code-actions";
import { type CodeLensOptions, codeLenses } from "./features/code-lenses";
import { type CompletionOptions, complete, resolveCompletion } from "./features/completion/completion";
import { type DiagnosticOptions, diagnose } from "./features/diagnostics";
import { foldingRanges } from "./features/folding";
import { hover } from "./features/hover";
import { type Migration, type MigrationOptions, migrate } from "./features/migration/migrate";
import { type MigrationOffer, offerMigration } from "./features/migration/offer";
import { type ReleaseChanges, releaseChanges } from "./features/release/changes";
import { type ReleaseReport, releaseReport, type WorkspaceSource } from "./features/release/choice";
import { documentSymbols, flatSymbols } from "./features/symbols";
import type { Finding } from "./judgement/finding";
import { type Surroundings, withConfig } from "./judgement/surroundings";
import { type Argument, headOf, type Launch, type Span, type TextFix } from "./launch/launch";
import { NOTATIONS, type Notation, type NotationId, notationOf } from "./notations";
import type { JsonSchema } from "./schema/flags";
import { releaseSchema } from "./schema/release-schema";
import { readSource, type SourceReading } from "./source";

/** Everything that can be asked. An offset counts UTF-16 units from the start of the text. No method throws. */
export interface LanguageService {
  // What is known of LightLLM

  /** The releases with their flags, variables and rules, and what we say about them. */
  shippedCatalogue(): Catalogue;
  /** A release by name; `1.1.0` is taken for `v1.1.0`. */
  findRelease(name: string, catalogue: Catalogue): Release | undefined;
  /** The release that the text of an `api_cli.py` makes. */
  readSource(text: string, catalogue: Catalogue): SourceReading;
  /** The published JSON Schema (draft-07) of a release's YAML config. */
  releaseSchema(release: Release, catalogue: Catalogue): JsonSchema;
  /** What changes from one release to another: flags, defaults, values, variables. */
  releaseChanges(from: Release, to: Release, catalogue: Catalogue): ReleaseChanges;

  // A text, read and judged

  readonly notations: Readonly<Record<NotationId, Notation>>;
  /** The notation that reads a document; undefined if none does. */
  notationOf(languageId: string, uri: string, text: string): Notation | undefined;
  /** Reads and judges a document. All other questions are about its result. */
  analyse(
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): LaunchDocument;
  /** The same in steps, one for each launch: whoever takes them may do something else between them. */
  analyseInSteps(
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): Generator<undefined, LaunchDocument>;
  /** The same with no other launches than those at an offset: enough for `complete`. */
  analyseAt(
    offset: number,
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): LaunchDocument;
  /** What is known of the files around a document if every model folder has this `config.json`. */
  withConfig(config: string): Surroundings;
  rangeOf(document: TextDocument, span: Span): Range;
  offsetOf(document: TextDocument, position: Position): number;
  /** Where a launch begins: its program, or its first words. */
  headOf(launch: Launch): Span;
  /** The words after the program as LightLLM receives them; `null` for one that is not known. */
  argvOf(launch: Launch): (string | null)[];
  /** Every value that is known after LightLLM's own defaults and settings, as JSON. */
  knownValues(values: JudgedLaunch["values"]): Record<string, unknown>;
  /** The arguments that a release does not know as they are written. */
  misfits(launch: Launch, release: Release): readonly Argument[];
  /** The index of the launch at an offset, else of the nearest one; undefined in a file without launches. */
  nearestLaunch(document: LaunchDocument, offset: number): number | undefined;

  // Findings and fixes

  /** All findings that no comment silences, in the order of the text. */
  reportedFindings(document: LaunchDocument): readonly Finding[];
  /** Those of a launch as LightLLM would come to them, faults of the writing first; without a launch those about the file. */
  findingsAbout(document: LaunchDocument, launch?: Launch): readonly Finding[];
  /** The errors and then the warnings of a launch. */
  problemsOf(document: LaunchDocument, launch: JudgedLaunch): Finding[];
  /** `2 errors, 1 warning`; `not checked` if the checks are off. */
  countProblems(document: LaunchDocument, problems: readonly Finding[]): string;
  /** The fixes of a finding, each tried on the text; the preferred one first. */
  fixesOf(document: LaunchDocument, finding: Finding): readonly WrittenFix[];
  /** The fixes of every finding of a document. */
  allFixes(document: LaunchDocument): ReadonlyMap<Finding, readonly WrittenFix[]>;
  applyEdits(text: string, edits: TextFix["edits"]): string;

  // What an editor asks

  diagnose(document: LaunchDocument, options?: DiagnosticOptions): Diagnostic[];
  complete(document: LaunchDocument, offset: number, options?: CompletionOptions): CompletionItem[];
  /** Adds the documentation. `sources`: releases that were read from a LightLLM's own source. */
  resolveCompletion(
    item: CompletionItem,
    catalogue: Catalogue,
    language: Language,
    sources?: readonly Release[],
  ): CompletionItem;
  hover(document: LaunchDocument, offset: number): Hover | undefined;
  codeActions(document: LaunchDocument, query: CodeActionQuery, options?: CodeActionOptions): CodeAction[];
  codeLenses(document: LaunchDocument, options: CodeLensOptions): CodeLens[];
  documentSymbols(document: LaunchDocument): DocumentSymbol[];
  /** The same symbols for a client that takes them without hierarchy only. */
  flatSymbols(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[];
  foldingRanges(document: LaunchDocument): FoldingRange[];

  // Releases and migrations

  /** Which release judges the launch at an offset, why, and which others there are. */
  releaseReport(
    document: LaunchDocument,
    offset: number,
    source?: WorkspaceSource,
  ): ReleaseReport | undefined;
  /** Writes the comment that names a launch's release; `null` takes it away. */
  releaseEdit(document: LaunchDocument, offset: number, release: string | null): WorkspaceEdit | undefined;
  /** What carries launches over to another release. */
  migrate(
    document: LaunchDocument,
    which: readonly JudgedLaunch[],
    to: Release,
    options?: MigrationOptions,
  ): Migration;
  /** The same for one launch, as an edit that an editor can show first. */
  offerMigration(
    document: LaunchDocument,
    launch: JudgedLaunch,
    to: Release,
    annotated: boolean,
  ): MigrationOffer;

  // Conversions and processes

  readonly formats: typeof FORMATS;
  isFormat(name: string): name is FormatId;
  /** The text of launches in a format. */
  convert(
    document: LaunchDocument,
    launches: readonly JudgedLaunch[],
    format: FormatId,
    options?: ConvertOptions,
  ): string;
  /** The text, and what to know before it is run. `python`: the interpreter, if not the one that the launches name. */
  conversionOf(
    document: LaunchDocument,
    launches: readonly JudgedLaunch[],
    format: FormatId,
    python?: string,
  ): Conversion;
  /** A launch free of its file. */
  portableOf(document: LaunchDocument, launch: JudgedLaunch): PortableLaunch | undefined;
  /** The findings that LightLLM would refuse the launch for, if no comment silences them. */
  refusals(document: LaunchDocument, launch: JudgedLaunch): Finding[];
  /** Reads launches with the variables of an environment put in. */
  withEnvironment(notation: Notation, environment: Environment): ResolvingNotation;
  /** The process that a launch is. */
  processOf(document: LaunchDocument, launch: JudgedLaunch): LaunchProcess;
}

export const service: LanguageService = {
  shippedCatalogue,
  findRelease,
  readSource,
  releaseSchema,
  releaseChanges,
  notations: NOTATIONS,
  notationOf,
  analyse,
  analyseInSteps,
  analyseAt,
  withConfig,
  rangeOf,
  offsetOf,
  headOf,
  argvOf,
  knownValues,
  misfits,
  nearestLaunch,
  reportedFindings,
  findingsAbout,
  problemsOf,
  countProblems,
  fixesOf,
  allFixes,
  applyEdits,
  diagnose,
  complete,
  resolveCompletion,
  hover,
  codeActions,
  codeLenses,
  documentSymbols,
  flatSymbols,
  foldingRanges,
  releaseReport,
  releaseEdit,
  migrate,
  offerMigration,
  formats: FORMATS,
  isFormat,
  convert,
  conversionOf,
  portableOf,
  refusals,
  withEnvironment,
  processOf,
};

export type { Beside, LaunchDocument, Settings } from "./analysis/document";
export type { JudgedLaunch } from "./analysis/judge-file";
export type { Catalogue, Release, Severity } from "./catalogue";
export type { Conversion } from "./conversion/conversion";
export type { FormatId } from "./conversion/formats";
export type { PortableLaunch } from "./conversion/portable";
export type { LaunchProcess, ResolvingNotation, Unresolved } from "./conversion/process";
export type { WrittenFix } from "./edits/fixes";
export type { ConversionMeans } from "./features/conversion-actions";
export type { DiagnosticData } from "./features/diagnostics";
export type { LaunchPlace } from "./features/launch-commands";
export type { MigratedLaunch, Migration, MigrationOptions } from "./features/migration/migrate";
export type { MigrationOffer } from "./features/migration/offer";
export type { ReleaseReport, WorkspaceSource } from "./features/release/choice";
export type { Finding } from "./judgement/finding";
export type { Surroundings } from "./judgement/surroundings";
/** The code of the finding for a text that is not read. */
export { NOT_CHECKED } from "./launch/bounds";
export type { Launch, Span } from "./launch/launch";
/** Texts from files made safe to show, and words made safe for a shell. */
export { escapedJson, inLines, inOctal, onOneLine } from "./launch/visible-text";
export type { Notation, NotationId } from "./notations";
export { quoteWord } from "./notations/shell/quote";
export type { JsonSchema } from "./schema/flags";
export type { SourceReading } from "./source";

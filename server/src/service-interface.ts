/** The language service on one page: every request that the server, the command line and the scripts can make. */

import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Beside, EvaluatedDocument, LaunchDocument, Settings } from "./analysis/document";
import type { Given, LaunchExpressions } from "./analysis/evaluate-in-launch";
import type { JudgedLaunch } from "./analysis/judge-file";
import type { Catalogue, Language, Release } from "./catalogue";
import type { Conversion } from "./conversion/conversion";
import type { ConvertOptions } from "./conversion/convert";
import type { FORMATS, FormatId } from "./conversion/formats";
import type { PortableLaunch } from "./conversion/portable";
import type { Environment, LaunchProcess, ResolvingNotation } from "./conversion/process";
import type { Deployment, DeploymentFinding, DeploymentFix, Member } from "./deployment/deployment";
import type { DeploymentsTogether, GroupingOptions } from "./deployment/group";
import type { GroupMemory } from "./deployment/group-memory";
import type { WrittenFix } from "./edits/fixes";
import type { CodeActionOptions, CodeActionQuery } from "./features/code-actions";
import type { CodeLensOptions } from "./features/code-lenses";
import type { CompletionOptions } from "./features/completion/completion";
import type { ConfigurationRequests } from "./features/configuration/requests";
import type { DeploymentOptions } from "./features/deployment/between";
import type { DeploymentConnection } from "./features/deployment/connections";
import type { DeploymentRow } from "./features/deployment/rows";
import type { WorkspaceReport } from "./features/deployment/workspace-report";
import type { DiagnosticOptions, ProblemCount } from "./features/diagnostics";
import type { EffectiveReport, Variation } from "./features/effective/effective-report";
import type { EffectiveRow } from "./features/effective/effective-rows";
import type { FitReport } from "./features/fit/fit-report";
import type { FitTable } from "./features/fit/fit-table";
import type { InlayHintOptions } from "./features/inlay-hints";
import type { judgedAfter, newFindings } from "./features/migration/between-launches";
import type { Migration, MigrationOptions } from "./features/migration/migrate-launches";
import type { MigrationOffer } from "./features/migration/offer";
import type { TypedPath, WrittenPath } from "./features/moving/paths";
import type { RenamePlace, Renaming } from "./features/moving/rename";
import type { ReleaseChanges } from "./features/release/changes";
import type { ReleaseReport, WorkspaceSource } from "./features/release/choice";
import type { Gpu } from "./fit/gpu";
import type { Finding } from "./judgement/finding";
import type { PointedFile, withConfig } from "./judgement/surroundings";
import type { Argument, Launch, Span, TextFix } from "./launch/launch";
import type { Notation, NotationId } from "./notations";
import type { JsonSchema } from "./schema/flags";
import type { SourceReading } from "./source";

/** All requests. Offsets count UTF-16 units from the start of the text. No method throws. */
export interface LanguageService {
  // Facts about LightLLM

  /** The bundled releases with their flags, variables and rules, and the documentation. */
  shippedCatalogue(): Catalogue;
  /** A public model by its name, in any capitals. */
  findPublicModel(name: string, catalogue: Catalogue): { readonly name: string } | undefined;
  /** A release by name; `1.1.0` means `v1.1.0`. */
  findRelease(name: string, catalogue: Catalogue): Release | undefined;
  /** Makes a release of the text of an `api_cli.py`. */
  readSource(text: string, catalogue: Catalogue): SourceReading;
  /** The published JSON Schema (draft-07) of a release's YAML config. */
  releaseSchema(release: Release, catalogue: Catalogue): JsonSchema;
  /** The published JSON Schema (draft-07) of a release's files of `--quant_cfg`. */
  quantizationSchema(release: Release, catalogue: Catalogue): JsonSchema;
  /** The differences between two releases: flags, defaults, values, variables. */
  releaseChanges(from: Release, to: Release, catalogue: Catalogue): ReleaseChanges;

  // Reading and judging a text

  readonly notations: Readonly<Record<NotationId, Notation>>;
  /** The notation that reads a document; undefined if none does. */
  notationOf(languageId: string, uri: string, text: string): Notation | undefined;
  /** Whether a file with this name may hold launches that run, or on `pages` that are shown; `notationOf` decides. */
  mayHoldLaunches(path: string, pages?: boolean): boolean;
  /** Reads and judges a document. All other requests use its result. */
  analyse(
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): LaunchDocument;
  /** The same in steps, one for each launch, so that the caller can do other work in between. */
  analyseInSteps(
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): Generator<undefined, LaunchDocument>;
  /** Only the releases and values of the launches at an offset: enough for `complete`. */
  evaluateAt(
    offset: number,
    document: TextDocument,
    notation: Notation,
    settings: Settings,
    catalogue: Catalogue,
    beside?: Beside,
  ): EvaluatedDocument;
  /** The same document, in which the launch at an offset is only begun: what it lacks is not shown. */
  withBegun(document: LaunchDocument, offset: number | undefined): LaunchDocument;
  /** Surroundings in which every model folder has this `config.json`, and other files exist as given. */
  withConfig: typeof withConfig;
  rangeOf(document: TextDocument, span: Span): Range;
  offsetOf(document: TextDocument, position: Position): number;
  /** The start of a launch: its program, or its first words. */
  headOf(launch: Launch): Span;
  /** The words after the program as LightLLM receives them; `null` for an unknown word. */
  argvOf(launch: Launch): (string | null)[];
  /** The effective configuration of a launch, with where each value comes from. */
  effectiveRows(document: LaunchDocument, launch: JudgedLaunch): readonly EffectiveRow[];
  /** The environment variables that a launch sets, in the same form. */
  environmentRows(document: LaunchDocument, launch: JudgedLaunch): readonly EffectiveRow[];
  /** The same for the launch at an offset, in groups. `variation`: as if its release or its text were another. */
  effectiveReport(
    document: LaunchDocument,
    offset: number,
    variation?: Variation,
  ): EffectiveReport | undefined;
  /** The documentation of a flag for a release, as Markdown; its name with or without dashes. */
  explainFlag(name: string, release: Release, catalogue: Catalogue, language?: Language): string | undefined;
  /** Evaluates expressions over a launch's values and the model's config.json, and other names. */
  expressionsIn(launch: JudgedLaunch, more: Readonly<Record<string, Given>>): LaunchExpressions;
  /** All known effective values as JSON. */
  knownValues(values: JudgedLaunch["values"]): Record<string, unknown>;
  /** The arguments that a release does not know exactly as written. */
  misfits(launch: Launch, release: Release): readonly Argument[];
  /** The index of the launch at an offset, else of the nearest one; undefined if the file has no launches. */
  nearestLaunch(document: LaunchDocument, offset: number): number | undefined;

  // Findings and fixes

  /** All findings that no comment silences, in text order. */
  reportedFindings(document: LaunchDocument): readonly Finding[];
  /**
   * The findings of a launch, notation problems first, then in LightLLM's order; without a launch, those of the file.
   */
  findingsAbout(document: LaunchDocument, launch?: Launch): readonly Finding[];
  /** The errors and then the warnings of a launch. */
  problemsOf(document: LaunchDocument, launch: JudgedLaunch): Finding[];
  /** Of them, those that an editor shows: without what a launch that is only begun lacks. */
  shownProblems(document: LaunchDocument, launch: JudgedLaunch, between?: readonly Finding[]): Finding[];
  /** `2 errors, 1 warning`; `not checked` if the checks are off. */
  countProblems(document: LaunchDocument, problems: readonly Finding[]): string;
  /** The fixes of a finding, each tested on the text; the preferred one first. */
  fixesOf(document: LaunchDocument, finding: Finding): readonly WrittenFix[];
  /** The fixes of all findings of a document. */
  allFixes(document: LaunchDocument): ReadonlyMap<Finding, readonly WrittenFix[]>;
  /** The text with all spelling fixes, and on request with the preferred choices. */
  fixedText(document: LaunchDocument, preferred: boolean): string;
  applyEdits(text: string, edits: TextFix["edits"]): string;

  // Launches that belong together

  /** Requests about a project's `.lightllm-config.yaml`. */
  readonly configuration: ConfigurationRequests;
  /**
   * The deployments among documents, with their findings. A launch is in one at most. `named`: the deployments of the
   * configuration, with the URIs of their files.
   */
  deploymentsOf(documents: readonly LaunchDocument[], options?: GroupingOptions): readonly Deployment[];
  deploymentsTogether(documents: readonly LaunchDocument[], options?: GroupingOptions): DeploymentsTogether;
  /** What calls of `deploymentsOf` for documents that change keep, so that each takes only as long as the change. */
  newGroupMemory(): GroupMemory;
  /** The launches of a deployment as a table. */
  deploymentRows(deployment: Deployment): readonly DeploymentRow[];
  /** Whether the files around a document still say what they said when it was judged. */
  isUpToDate(document: LaunchDocument): boolean;
  /** The launches of a document as members: its own, and those of the images that it builds. */
  membersIn(document: LaunchDocument): readonly Member[];
  /** The file that builds the image of a member; undefined if its launch is in its own document. */
  builtImageOf(member: Member): PointedFile | undefined;
  /** The documents whose images another one of them builds and starts: what runs is the launch there. */
  imagesOfOthers(documents: readonly LaunchDocument[]): ReadonlySet<LaunchDocument>;
  /** The launches of documents by deployment; `deployments` are those among them. */
  workspaceReport(documents: readonly LaunchDocument[], deployments: readonly Deployment[]): WorkspaceReport;
  /** Which of its launches calls which. */
  deploymentConnections(rows: readonly DeploymentRow[]): readonly DeploymentConnection[];
  /** The findings between launches to show at a launch. */
  betweenAt(
    document: LaunchDocument,
    launch: JudgedLaunch,
    options: DeploymentOptions,
  ): readonly DeploymentFinding[];
  /** The fixes of a finding of a deployment, each tested; the preferred one first. */
  deploymentFixes(deployment: Deployment, finding: DeploymentFinding): readonly DeploymentFix[];

  // Memory

  /** What a launch takes of its GPUs; undefined if it loads no language model. */
  fitReport(launch: JudgedLaunch): FitReport | undefined;
  /** The report as lines of text. */
  fitTable(report: FitReport): FitTable;
  /** The report as JSON. */
  fitJson(report: FitReport): unknown;
  /** GPUs by a name and a number, or by their size; undefined if they are not known. */
  readGpu(written: string, catalogue: Catalogue): Gpu | undefined;
  /** The names of the GPUs that are known. */
  gpuNames(catalogue: Catalogue): readonly string[];

  // Editor requests

  diagnose(document: LaunchDocument, options?: DiagnosticOptions): Diagnostic[];
  /** How many errors and warnings are among them. */
  problemCount(document: LaunchDocument, options?: DeploymentOptions): ProblemCount;
  complete(document: EvaluatedDocument, offset: number, options?: CompletionOptions): CompletionItem[];
  /** Adds the documentation. `sources`: releases that were read from a LightLLM source. */
  resolveCompletion(
    item: CompletionItem,
    catalogue: Catalogue,
    language: Language,
    sources?: readonly Release[],
  ): CompletionItem;
  hover(document: LaunchDocument, offset: number, options?: DeploymentOptions): Hover | undefined;
  codeActions(document: LaunchDocument, query: CodeActionQuery, options?: CodeActionOptions): CodeAction[];
  codeLenses(document: LaunchDocument, options: CodeLensOptions): CodeLens[];
  documentSymbols(document: LaunchDocument): DocumentSymbol[];
  /** The same symbols for a client without nested symbols. */
  flatSymbols(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[];
  foldingRanges(document: LaunchDocument): FoldingRange[];
  /** White space at the ends of lines, where taking it away changes nothing. */
  formatEdits(document: LaunchDocument): TextEdit[];
  inlayHints(document: LaunchDocument, range: Range, options: Partial<InlayHintOptions>): InlayHint[];

  // Moving through launches

  /** Where a name is set, or the launch that a flag names. */
  definition(document: LaunchDocument, offset: number, options?: DeploymentOptions): Location[];
  /** The places of a name, or those that name a launch. */
  references(
    document: LaunchDocument,
    offset: number,
    withDeclaration: boolean,
    options?: DeploymentOptions,
  ): Location[];
  highlights(document: LaunchDocument, offset: number): DocumentHighlight[];
  /** What a rename would change, or why nothing can be renamed; undefined if there is no name. */
  renamePlace(document: LaunchDocument, offset: number): RenamePlace | undefined;
  /** The edits of a rename, which leave every launch with the same words. */
  rename(document: LaunchDocument, offset: number, to: string): Renaming | undefined;
  /** The paths that flags name, where launches run on a machine. */
  pathsIn(document: LaunchDocument): readonly WrittenPath[];
  /** The path that is typed at an offset; undefined if no flag there takes one. */
  typedPath(document: EvaluatedDocument, offset: number): TypedPath | undefined;
  selectionRanges(document: LaunchDocument, offsets: readonly number[]): SelectionRange[];
  /** The tokens of `TOKEN_TYPES` where no grammar of ours knows flags. */
  semanticTokens(document: LaunchDocument): SemanticTokens;
  /** The form of a value that follows a pattern. */
  signatureHelp(document: EvaluatedDocument, offset: number): SignatureHelp | undefined;
  /** Launches and flags of documents by their names. */
  workspaceSymbols(documents: readonly LaunchDocument[], query: string): SymbolInformation[];

  // Releases and migrations

  /** The release that judges the launch at an offset, the reason, and the other releases. */
  releaseReport(
    document: LaunchDocument,
    offset: number,
    source?: WorkspaceSource,
  ): ReleaseReport | undefined;
  /** Writes the comment that sets a launch's release; `null` removes it. */
  releaseEdit(document: LaunchDocument, offset: number, release: string | null): WorkspaceEdit | undefined;
  /** Migrates launches to another release. */
  judgedAfterMigration: typeof judgedAfter;
  newBetweenFiles: typeof newFindings;
  migrate(
    document: LaunchDocument,
    which: readonly JudgedLaunch[],
    to: Release,
    options?: MigrationOptions,
  ): Migration;
  /** The same for one launch, as an edit that an editor can preview. */
  offerMigration(
    document: LaunchDocument,
    launch: JudgedLaunch,
    to: Release,
    annotated: boolean,
  ): MigrationOffer;

  // Conversions and processes

  readonly formats: typeof FORMATS;
  isFormat(name: string): name is FormatId;
  /** Converts launches to a format. */
  convert(
    document: LaunchDocument,
    launches: readonly JudgedLaunch[],
    format: FormatId,
    options?: ConvertOptions,
  ): string;
  /**
   * The converted text, with facts to check before it is run. `python`: the interpreter, if not that of the launches.
   */
  conversionOf(
    document: LaunchDocument,
    launches: readonly JudgedLaunch[],
    format: FormatId,
    python?: string,
  ): Conversion;
  /** A launch independent of its file. */
  portableOf(document: LaunchDocument, launch: JudgedLaunch): PortableLaunch | undefined;
  /** The findings for which LightLLM would refuse the launch, if no comment silences them. */
  refusals(document: LaunchDocument, launch: JudgedLaunch): Finding[];
  /** Reads launches with the variables of an environment substituted. */
  withEnvironment(notation: Notation, environment: Environment): ResolvingNotation;
  /** Converts a launch to a process. */
  processOf(document: LaunchDocument, launch: JudgedLaunch): LaunchProcess;
}

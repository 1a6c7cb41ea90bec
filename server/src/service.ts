/**
 * The language service for the server, the command line and the scripts; `service-interface.ts` has all its requests on
 * one page. It reads no files and no clock, and is the same in Node and in a browser. Its only global state is the
 * language of its texts (`messages/`). The server, the command line and the scripts import only this file, nothing below
 * it.
 */
import { withBegun } from "./analysis/begun-launch";
import { misfits } from "./analysis/chosen-release";
import { analyse, analyseInSteps, evaluateAt, offsetOf, rangeOf } from "./analysis/document";
import { expressionsIn } from "./analysis/evaluate-in-launch";
import { isUpToDate } from "./analysis/files-around";
import { countProblems, problemsOf, shownProblems } from "./analysis/launch-problems";
import { findPublicModel } from "./analysis/named-model";
import { nearestLaunch } from "./analysis/nearest-launch";
import { argvOf, knownValues } from "./analysis/report";
import { findingsAbout, reportedFindings } from "./analysis/reported-findings";
import { shippedCatalogue } from "./catalogue";
import { findRelease } from "./catalogue/find-release";
import { conversionOf } from "./conversion/conversion";
import { convert, portableOf, refusals } from "./conversion/convert";
import { FORMATS, isFormat } from "./conversion/formats";
import { processOf, withEnvironment } from "./conversion/process";
import { builtImageOf, imagesOfOthers, membersIn } from "./deployment/deployment";
import { deploymentFixes } from "./deployment/deployment-fixes";
import { deploymentsAmong, deploymentsTogether } from "./deployment/group";
import { GroupMemory } from "./deployment/group-memory";
import { fixedText } from "./edits/fix-preferred";
import { allFixes, fixesOf } from "./edits/fixes";
import { releaseEdit } from "./edits/release-edit";
import { applyEdits } from "./edits/text-edits";
import { codeActions } from "./features/code-actions";
import { codeLenses } from "./features/code-lenses";
import { complete } from "./features/completion/completion";
import { resolveCompletion } from "./features/completion/resolve-completion";
import { configurationRequests } from "./features/configuration/requests";
import { betweenAt } from "./features/deployment/between";
import { connectionsOf } from "./features/deployment/connections";
import { deploymentRows } from "./features/deployment/rows";
import { workspaceReport } from "./features/deployment/workspace-report";
import { diagnose, problemCount } from "./features/diagnostics";
import { effectiveReport } from "./features/effective/effective-report";
import { effectiveRows, environmentRows } from "./features/effective/effective-rows";
import { explainFlag } from "./features/explain-flag";
import { fitReport } from "./features/fit/fit-report";
import { fitJson, fitTable } from "./features/fit/fit-table";
import { foldingRanges } from "./features/folding";
import { formatEdits } from "./features/format";
import { hover } from "./features/hover";
import { inlayHints } from "./features/inlay-hints";
import { judgedAfter, newFindings } from "./features/migration/between-launches";
import { migrate } from "./features/migration/migrate-launches";
import { offerMigration } from "./features/migration/offer";
import { definition, highlights, references } from "./features/moving/navigation";
import { pathsIn, typedPath } from "./features/moving/paths";
import { rename, renamePlace } from "./features/moving/rename";
import { selectionRanges } from "./features/moving/selection";
import { semanticTokens } from "./features/moving/semantic-tokens";
import { signatureHelp } from "./features/moving/signature";
import { workspaceSymbols } from "./features/moving/workspace-symbols";
import { releaseChanges } from "./features/release/changes";
import { releaseReport } from "./features/release/choice";
import { documentSymbols, flatSymbols } from "./features/symbols";
import { gpuNames, readGpu } from "./fit/gpu";
import { withConfig } from "./judgement/surroundings";
import { headOf } from "./launch/launch";
import { mayHoldLaunches, NOTATIONS, notationOf } from "./notations";
import { quantizationSchema } from "./schema/quantization-schema";
import { releaseSchema } from "./schema/release-schema";
import type { LanguageService } from "./service-interface";
import { readSource } from "./source";

export const service: LanguageService = {
  shippedCatalogue,
  findPublicModel,
  findRelease,
  readSource,
  releaseSchema,
  quantizationSchema,
  releaseChanges,
  notations: NOTATIONS,
  notationOf,
  mayHoldLaunches,
  analyse,
  analyseInSteps,
  evaluateAt,
  isUpToDate,
  withBegun,
  withConfig,
  rangeOf,
  offsetOf,
  headOf,
  argvOf,
  effectiveRows,
  environmentRows,
  effectiveReport,
  explainFlag,
  expressionsIn,
  knownValues,
  misfits,
  nearestLaunch,
  reportedFindings,
  findingsAbout,
  problemsOf,
  shownProblems,
  countProblems,
  fixesOf,
  allFixes,
  fixedText,
  applyEdits,
  configuration: configurationRequests,
  deploymentsOf: deploymentsAmong,
  deploymentsTogether,
  newGroupMemory: () => new GroupMemory(),
  betweenAt,
  deploymentRows,
  builtImageOf,
  imagesOfOthers,
  membersIn,
  workspaceReport,
  deploymentConnections: connectionsOf,
  deploymentFixes,
  fitReport,
  fitTable,
  fitJson,
  readGpu: (written, catalogue) => readGpu(written, catalogue.fit()),
  gpuNames: (catalogue) => gpuNames(catalogue.fit()),
  diagnose,
  problemCount,
  complete,
  resolveCompletion,
  hover,
  codeActions,
  codeLenses,
  documentSymbols,
  flatSymbols,
  foldingRanges,
  formatEdits,
  inlayHints,
  definition,
  references,
  highlights,
  renamePlace,
  rename,
  pathsIn,
  typedPath,
  selectionRanges,
  semanticTokens,
  signatureHelp,
  workspaceSymbols,
  releaseReport,
  releaseEdit,
  migrate,
  judgedAfterMigration: judgedAfter,
  newBetweenFiles: newFindings,
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

export type { Beside, EvaluatedDocument, LaunchDocument, Settings } from "./analysis/document";
export type { Given, LaunchExpressions } from "./analysis/evaluate-in-launch";
export type { JudgedLaunch } from "./analysis/judge-file";
export type { Catalogue, Release, RuleLevels, Severity } from "./catalogue";
export type { Configuration } from "./configuration/configuration";
export type { ConfigurationReading } from "./configuration/read-configuration";
export type { Conversion } from "./conversion/conversion";
export type { FormatId } from "./conversion/formats";
export type { PortableArgument, PortableLaunch, PortableVariable } from "./conversion/portable";
export type { LaunchProcess, ResolvingNotation, Unresolved } from "./conversion/process";
export type {
  Deployment,
  DeploymentFinding,
  DeploymentFix,
  DeploymentReason,
  Member,
  OtherPlace,
} from "./deployment/deployment";
export type { GroupingOptions, NamedDeployments } from "./deployment/group";
export type { GroupMemory } from "./deployment/group-memory";
export type { WrittenFix } from "./edits/fixes";
export type { LaunchPlace } from "./features/command-ids";
export type { ConversionMeans } from "./features/conversion-actions";
export type { DeploymentOptions } from "./features/deployment/between";
export { deploymentReason, nodeInWords } from "./features/deployment/deployment-markdown";
export type { DeploymentRow } from "./features/deployment/rows";
export type { WorkspaceReport } from "./features/deployment/workspace-report";
export type { DiagnosticData, DiagnosticOptions } from "./features/diagnostics";
export type { EffectiveReport } from "./features/effective/effective-report";
export type { EffectiveRow } from "./features/effective/effective-rows";
export type { FitReport } from "./features/fit/fit-report";
export type { InlayHintOptions } from "./features/inlay-hints";
export type { MigratedLaunch, Migration, MigrationOptions } from "./features/migration/migrate-launches";
export type { MigrationOffer } from "./features/migration/offer";
export type { RenamePlace, Renaming } from "./features/moving/rename";
export type { ReleaseReport, WorkspaceSource } from "./features/release/choice";
export type { Finding } from "./judgement/finding";
export type { Surroundings } from "./judgement/surroundings";
/** The code of the finding for a text that is not read. */
export { NOT_CHECKED } from "./launch/bounds";
export { directiveText } from "./launch/directive-comment";
export type { Launch, Span } from "./launch/launch";
/** Escapes text from files for display, and quotes words for a shell. */
export { escapedJson, inLines, inOctal, onOneLine } from "./launch/visible-text";
export type { Notation, NotationId } from "./notations";
export { quoteWord } from "./notations/shell/quote";
export type { JsonSchema } from "./schema/flags";
export type { LanguageService } from "./service-interface";
export type { SourceReading } from "./source";

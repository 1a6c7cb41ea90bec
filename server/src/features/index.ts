/** The language service: one function for each thing an editor asks. Pure, the same in Node and in a browser. */

export {
  analyse,
  type Beside,
  type LaunchDocument,
  offsetOf,
  rangeOf,
  type Settings,
} from "../analysis/document";
export { heardFindings } from "../analysis/heard-findings";
export { countProblems, problemsOf } from "../analysis/launch-problems";
export { nearestLaunch } from "../analysis/nearest-launch";
export { shippedCatalogue } from "../catalogue";
export { type Conversion, conversionOf } from "../conversion/conversion";
export { FORMATS, isFormat } from "../conversion/convert";
export { allFixes, fixesOf, type WrittenFix } from "../edits/fixes";
export { releaseEdit } from "../edits/release-edit";
export { applyEdits } from "../edits/text-edits";
export { NO_SURROUNDINGS, type Surroundings, withConfig } from "../judgement/surroundings";
export { type Notation, notationOf } from "../notations";
export { releaseSchema } from "../schema/release-schema";
export { readSource } from "../source";
export { CODE_ACTION_KINDS, codeActions, FIX_ALL, MIGRATE } from "./code-actions";
export { type CodeLensOptions, codeLenses } from "./code-lenses";
export { complete, resolveCompletion } from "./completion/completion";
export { CONVERT, type ConversionMeans } from "./conversion-actions";
export { type DiagnosticData, diagnose } from "./diagnostics";
export { foldingRanges } from "./folding";
export { hover } from "./hover";
export { CONVERSIONS, LAUNCH_COMMANDS, type LaunchPlace } from "./launch-commands";
export { type MigratedLaunch, type Migration, type MigrationOptions, migrate } from "./migration/migrate";
export { type MigrationOffer, offerMigration } from "./migration/offer";
export { type ReleaseChanges, releaseChanges } from "./release/changes";
export { type ReleaseReport, releaseReport, type WorkspaceSource } from "./release/choice";
export { documentSymbols, flatSymbols } from "./symbols";

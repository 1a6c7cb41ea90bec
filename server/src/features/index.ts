/** The language service: one function for each thing an editor asks. Pure, the same in Node and in a browser. */
export { shippedCatalogue } from "../catalogue";
export { NO_SURROUNDINGS, type Surroundings, withConfig } from "../judgement/surroundings";
export { type Notation, notationOf } from "../notations";
export { CODE_ACTION_KINDS, codeActions, FIX_ALL, MIGRATE } from "./code-actions";
export { complete, resolveCompletion } from "./completion";
export { type DiagnosticData, diagnose, heardFindings } from "./diagnostics";
export { analyse, type LaunchDocument, offsetOf, type Settings } from "./document";
export { fixesOf } from "./fixes";
export { foldingRanges } from "./folding";
export { hover } from "./hover";
export { type MigratedLaunch, type Migration, type MigrationOptions, migrate } from "./migration/migrate";
export { type MigrationOffer, offerMigration } from "./migration/offer";
export { type ReleaseChanges, releaseChanges } from "./release-changes";
export { releaseSchema } from "./release-schema";
export { documentSymbols, flatSymbols } from "./symbols";
export { applyEdits } from "./text-edits";

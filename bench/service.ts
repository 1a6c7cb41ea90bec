/** The parts of the language service that the bench times on their own. */

export { analyse } from "../server/src/analysis/document";
export { shippedCatalogue } from "../server/src/catalogue";
export { convert } from "../server/src/conversion/convert";
export { deploymentsAmong } from "../server/src/deployment/group";
export { GroupMemory } from "../server/src/deployment/group-memory";
export { codeLenses } from "../server/src/features/code-lenses";
export { migrate } from "../server/src/features/migration/migrate-launches";
export { judge } from "../server/src/judgement/judge";
export { shell } from "../server/src/notations/shell";
export { parseShell } from "../server/src/notations/shell/shell-parser";
export { parsePython } from "../server/src/python/text/python-parser";
export { readSource } from "../server/src/source";
export { PLAIN, writeParser } from "../test/support/argparse-writer";

/** The parts of the language service that the bench times on their own. */
export { shippedCatalogue } from "../server/src/catalogue";
export { judge } from "../server/src/judgement/judge";
export { shell } from "../server/src/notations/shell";
export { parseShell } from "../server/src/notations/shell/parser";

import { resolve } from "node:path";

/** The project's folder. */
export const root = resolve(__dirname, "..", "..");

/** The bundled command-line program. */
export const program = resolve(root, "dist", "cli.js");

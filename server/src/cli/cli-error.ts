/** Something the user can mend, said in one sentence; the program ends with status 2. */
export class CliError extends Error {}

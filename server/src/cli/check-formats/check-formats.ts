/** The formats of `check`. */
import type { CheckResult } from "../check-result";
import { printJsonReport } from "./check-json";
import { tellReport } from "./check-text";
import { printCheckstyle } from "./checkstyle";
import { printGithub } from "./github";
import { printGitlab } from "./gitlab";
import { printJunit } from "./junit";
import { printRdjson } from "./rdjson";
import { printSarif } from "./sarif";

/** By name; `quiet` leaves out what is no finding, in formats for people. */
export const CHECK_FORMATS: Readonly<Record<string, (result: CheckResult, quiet: boolean) => void>> = {
  text: tellReport,
  json: printJsonReport,
  sarif: printSarif,
  github: printGithub,
  gitlab: printGitlab,
  junit: printJunit,
  rdjson: printRdjson,
  checkstyle: printCheckstyle,
};

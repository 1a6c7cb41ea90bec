// @ts-check
/** The man page of the command line, from the texts of `--help`. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "../load-typescript.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const NAME = "lightllm-config";

/** A text without meaning for roff: backslashes, dashes, and signs that begin a request. @param {string} text */
function plain(text) {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/gm, "\\&")
    .replace(
      /[^\n -~]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

/** Lines that keep their breaks. @param {string} text */
const asWritten = (text) => [".nf", plain(text), ".fi"];

/** @param {string} version */
export async function manPage(version) {
  const { SUBCOMMANDS } = await loadTypeScript(join(root, "server/src/cli/subcommands.ts"));
  /** @type {[string, { summary(): string, help(): string }][]} */
  const all = Object.entries(SUBCOMMANDS);
  const lines = [
    `.TH LIGHTLLM\\-CONFIG 1 "" "${NAME} ${version}" "User Commands"`,
    ".SH NAME",
    plain(`${NAME} - checks, converts, migrates and runs launch configurations of LightLLM`),
    ".SH SYNOPSIS",
    plain(`${NAME} [--lang en|zh-cn] <subcommand> [options]`),
    ".SH SUBCOMMANDS",
    ...all.flatMap(([name, { summary }]) => [".TP", `.B ${plain(name)}`, plain(summary())]),
    ...all.flatMap(([name, { help }]) => [`.SH ${plain(name.toUpperCase())}`, ...asWritten(help())]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What comments silence: rules in the whole file, or on the next line. */
import { launchAround } from "../notations";
import type { LaunchDocument } from "./document";

interface Silence {
  readonly inFile: ReadonlySet<string>;
  /** Codes by line. */
  readonly onLine: ReadonlyMap<number, readonly string[]>;
}

const silences = new WeakMap<LaunchDocument, Silence>();

function silenceIn(launchDocument: LaunchDocument): Silence {
  const before = silences.get(launchDocument);
  if (before) return before;
  const { directives, document } = launchDocument;
  const inFile = new Set<string>();
  const onLine = new Map<number, readonly string[]>();
  for (const directive of directives) {
    if (directive.kind !== "disable-file" && directive.kind !== "disable-next-line") continue;
    const codes = directive.codes.map(({ code }) => code);
    if (directive.kind === "disable-file") for (const code of codes) inFile.add(code);
    else onLine.set(document.positionAt(directive.span.start).line + 1, codes);
  }
  const silence = { inFile, onLine };
  silences.set(launchDocument, silence);
  return silence;
}

/** Whether a comment silences a rule at an offset, or the settings turn it off. */
export function isSilenced(launchDocument: LaunchDocument, code: string, offset: number): boolean {
  if (launchDocument.settings.rules?.[code] === "off") return true;
  const { inFile, onLine } = silenceIn(launchDocument);
  if (inFile.has(code)) return true;
  if (![...onLine.values()].some((codes) => codes.includes(code))) return false;
  const lines = [launchDocument.document.positionAt(offset).line, silencedLine(launchDocument, offset)];
  return lines.some((line) => onLine.get(line)?.includes(code));
}

/**
 * The line above which a `disable-next-line` comment silences text at an offset: the line itself, or the first line of
 * a launch of several lines, because a comment inside would end the command or break a list.
 */
export function silencedLine({ document, file }: LaunchDocument, offset: number): number {
  const line = document.positionAt(offset).line;
  const launch = launchAround(file, offset);
  if (!launch || launch.form.kind === "mapping" || isListOfLines(launch.form)) return line;
  const first = document.positionAt(launch.span.start).line;
  // A text that is only split has no comments of its own.
  const isSplit = launch.form.kind === "shell" && launch.form.splitOnly === true;
  return Math.min(line, isSplit ? lineOfBlock(document, first) : first);
}

/** The line with the `|` or `>` of a YAML text; the text's own line if it has none. */
function lineOfBlock(document: LaunchDocument["document"], first: number): number {
  const textAt = (line: number) =>
    document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const depth = textAt(first).search(/\S|$/);
  for (let line = first - 1; line >= 0; line--) {
    const text = textAt(line);
    if (text.trim() === "" || text.search(/\S/) >= depth) continue;
    return /[|>][-+\d]*[ \t]*(?:#.*)?$/.test(text.trimEnd()) ? line : first;
  }
  return first;
}

function isListOfLines(form: { readonly kind: string; readonly style?: string }): boolean {
  return form.kind === "list" && form.style === "yaml-block";
}

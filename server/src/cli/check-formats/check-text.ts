/** The text output of `check`: place, rule, message, the line with a marker, the fix, a summary. */

import {
  type Deployment,
  type DeploymentFinding,
  type Finding,
  inLines,
  type LaunchDocument,
  onOneLine,
  type Severity,
  service,
} from "../../service";
import type { CheckedFile } from "../check-input";
import type { CheckResult } from "../check-result";
import { say } from "../cli-texts";
import { colours } from "../colours";
import { plainReason } from "../deployments";
import { tell } from "../output";
import { otherPlaces } from "./other-places";

/** Prints the report of all files as text. @param quiet whether only findings are printed */
export function tellReport(result: CheckResult, quiet: boolean): void {
  const { files, deployments, looked, held } = result;
  if (files.length > 0 && files.every(({ error }) => error !== undefined)) return;
  const counts = { error: 0, warning: 0, hint: 0 };
  let launches = 0;
  const parts: string[] = [];
  for (const { path, analysed, encoding } of files) {
    if (!analysed) continue;
    if (encoding && encoding !== "UTF-8" && !quiet)
      parts.push(say("cli.check-read-as", { path: colours().bold(path), encoding }));
    launches += analysed.launches.length;
    for (const { document, finding, between } of result.findings) {
      if (document !== analysed) continue;
      counts[finding.severity]++;
      parts.push(
        between
          ? betweenText(path, between.finding, between.deployment)
          : findingText(path, finding, analysed),
      );
    }
  }
  const about = [
    summary(files, launches, counts, looked),
    ...(held > 0 ? [say("cli.check-held", { count: held })] : []),
    ...judges(files),
    ...deployments.map(deploymentText),
  ];
  if (!quiet) parts.push(about.join("\n"));
  if (parts.length > 0) tell(`${parts.join("\n\n")}\n`);
}

/** The releases that judged, and why; if there are several, with their numbers of launches. */
function judges(files: readonly CheckedFile[]): string[] {
  const all = files.flatMap(({ analysed }) => analysed?.launches ?? []);
  const counts = new Map<string, number>();
  for (const { chosen, launch } of all) {
    const doubt = service.misfits(launch, chosen.release).length > 0 && chosen.reason === "inferred";
    const word = say("cli.check-reason", { reason: chosen.reason === "newest" ? "other" : chosen.reason });
    const reason = doubt ? say("cli.check-reason-doubt", { reason: word }) : word;
    const judge = say("cli.check-judge", { release: chosen.release.name, reason });
    counts.set(judge, (counts.get(judge) ?? 0) + 1);
  }
  const named = [...counts].map(([judge, count]) =>
    counts.size > 1 ? say("cli.check-judge-count", { judge, count }) : judge,
  );
  return named.length > 0 ? [colours().dim(say("cli.check-judged-by", { judges: named.join(", ") }))] : [];
}

/** A finding between launches, with the places in other files. */
function betweenText(path: string, finding: DeploymentFinding, deployment: Deployment): string {
  const [fix] = service.deploymentFixes(deployment, finding);
  const others = finding.others.map(({ member, span, message }) => {
    const { document } = member.document;
    return `    ${colours().bold(placeIn(document.uri, document, span.start))}: ${sentence(message)}`;
  });
  return [headAndLine(path, finding, finding.member.document), ...others, ...fixLine(fix)].join("\n");
}

/** The name of a deployment, and why its launches belong together. */
function deploymentText({ name, reason, members }: Deployment): string {
  return colours().dim(
    say("cli.check-deployment", {
      name: onOneLine(name),
      launches: members.length,
      reason: plainReason(reason),
    }),
  );
}

function placeIn(path: string, document: LaunchDocument["document"], offset: number): string {
  const { line, character } = document.positionAt(offset);
  return `${onOneLine(path)}:${line + 1}:${character + 1}`;
}

function findingText(path: string, finding: Finding, analysed: LaunchDocument): string {
  const [fix] = service.allFixes(analysed).get(finding) ?? [];
  // Of other findings the message says it all.
  const isBetween = finding.stage === "deployment";
  const elsewhere = (isBetween ? otherPlaces(finding, analysed) : []).map(
    ({ path: at, range: { start }, message }) => {
      const place = `${onOneLine(at)}:${start.line + 1}:${start.character + 1}`;
      return `    ${colours().bold(place)}: ${sentence(message)}`;
    },
  );
  return [headAndLine(path, finding, analysed), ...elsewhere, ...fixLine(fix)].join("\n");
}

function fixLine(fix: { readonly title: string } | undefined): string[] {
  return fix ? [`    ${say("cli.check-fix", { title: sentence(fix.title) })}`] : [];
}

/** Place, severity, message and rule, and the line with a marker. */
function headAndLine(path: string, finding: Finding, analysed: LaunchDocument): string {
  const { document } = analysed;
  const { line, character } = document.positionAt(finding.span.start);
  const severity = finding.severity;
  const paint = colours();
  const place = paint.bold(placeIn(path, document, finding.span.start));
  const head = `${place}: ${paintSeverity(severity)} ${sentence(finding.message)} ${paint.dim(`[${finding.code}]`)}`;
  const source = document
    .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    .replace(/\r?\n$/, "");
  const last = document.positionAt(finding.span.end);
  const end = last.line === line ? last.character : source.length;
  const shown = shortened(source, character, end - character);
  // The width as shown: an escaped character takes several columns.
  const length = Math.max(1, inLines(shown.line.slice(shown.at, shown.at + shown.length)).length);
  const before = inLines(shown.line.slice(0, shown.at)).replace(/[^\t]/g, " ");
  const marked = [`    ${shown.line}`, `    ${before}${paint.of(severity, "^".repeat(length))}`];
  return [head, ...marked].join("\n");
}

function sentence(markdown: string): string {
  return onOneLine(markdown.replaceAll("`", "'"));
}

/** Maximum number of characters of a line to show; most terminals are narrower. */
const LONGEST_LINE = 240;

/** The part of a line around a place. */
function shortened(line: string, at: number, length: number) {
  if (line.length <= LONGEST_LINE) return { line, at, length };
  const start = Math.max(0, Math.min(at - LONGEST_LINE / 3, line.length - LONGEST_LINE));
  const end = Math.min(line.length, start + LONGEST_LINE);
  const [first, last] = [start > 0 ? "…" : "", end < line.length ? "…" : ""];
  return {
    line: first + line.slice(start, end) + last,
    at: at - start + first.length,
    length: Math.min(length, end - at),
  };
}

function paintSeverity(severity: Severity): string {
  return colours().of(severity, `${say(`cli.severity-${severity}`)}:`);
}

function summary(
  files: readonly CheckedFile[],
  launches: number,
  counts: Readonly<Record<Severity, number>>,
  looked: number,
): string {
  const read = files.filter(({ error }) => !error).length;
  const { error: errors, warning: warnings } = counts;
  const said = say("cli.check-summary", { launches, files: read, errors, warnings });
  return looked > read ? `${said} ${say("cli.check-looked", { looked })}` : said;
}

/** `lightllm-config explain FILE…`: the deployments of files as tables, as JSON, or as a Mermaid diagram. */

import {
  type Deployment,
  type DeploymentRow,
  type EffectiveRow,
  type Member,
  nodeInWords,
  onOneLine,
  service,
} from "../service";
import { deploymentReport, placeReport } from "./check-formats/check-json";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { colours } from "./colours";
import { deploymentsIn, plainReason } from "./deployments";
import { mermaidOf } from "./mermaid";
import { type Input, openFiles } from "./open-files";
import { print, printJson, tell } from "./output";
import { readTextFile } from "./text-file";

/** The formats of a deployment. */
export const DEPLOYMENT_FORMATS = ["text", "json", "mermaid"] as const;
type Format = (typeof DEPLOYMENT_FORMATS)[number];

/** Prints the deployments of files. @throws CliError if a file cannot be read, or none has a launch. */
export async function explainFiles(
  paths: readonly string[],
  format: Format,
  judge: Parameters<typeof openFiles>[1],
  defaults = false,
): Promise<number> {
  const inputs = await Promise.all(
    paths.map(async (path): Promise<Input> => {
      const { text } = await readTextFile("explain", path);
      return { path, text };
    }),
  );
  const opened = await openFiles(inputs, judge, ({ path, document }) => ({ path, analysed: document }));
  const { files, deployments } = await deploymentsIn(opened);
  const documents = files.flatMap(({ analysed }) => analysed ?? []);
  const images = service.imagesOfOthers(documents);
  const members = documents.filter((document) => !images.has(document)).flatMap(service.membersIn);
  if (members.length === 0) {
    throw new CliError(say("cli.explain-no-launch", { paths: paths.map(onOneLine).join(", ") }));
  }
  const together = new Set(deployments.flatMap(({ members }) => members.map(({ launch }) => launch)));
  const alone = service.deploymentRows({
    name: "",
    reason: "file",
    members: members.filter(({ launch }) => !together.has(launch)),
    findings: [],
  });
  WRITERS[format](deployments, alone, members, defaults);
  return 0;
}

const WRITERS: Readonly<
  Record<
    Format,
    (
      deployments: readonly Deployment[],
      alone: readonly DeploymentRow[],
      members: readonly Member[],
      defaults: boolean,
    ) => void
  >
> = {
  text(deployments, alone, members, defaults) {
    const parts = deployments.map((deployment) => {
      const { name, reason, members, findings } = deployment;
      const title = say("cli.check-deployment", {
        name: onOneLine(name),
        launches: members.length,
        reason: plainReason(reason),
      });
      const clashes = findings.map(({ message, severity }) => {
        const word = colours().of(severity, `${say(`cli.severity-${severity}`)}:`);
        return `  ${word} ${onOneLine(message.replaceAll("`", "'"))}`;
      });
      return [colours().bold(title), tableText(service.deploymentRows(deployment)), ...clashes].join("\n");
    });
    if (alone.length > 0) parts.push([colours().bold(say("cli.explain-alone")), tableText(alone)].join("\n"));
    parts.push(...members.map((member) => effectiveText(member, defaults)));
    tell(`${parts.join("\n\n")}\n`);
  },
  json(deployments, alone, members) {
    printJson({
      deployments: deployments.map((deployment) => ({
        ...deploymentReport(deployment),
        launches: service.deploymentRows(deployment).map(rowReport),
      })),
      alone: alone.map(rowReport),
      launches: members.map((member) => ({
        ...placeReport(member),
        release: member.launch.chosen.release.name,
        effective: service.effectiveRows(member.document, member.launch).map(effectiveReport),
        environment: service.environmentRows(member.document, member.launch).map((row) => {
          const { flag: name, ...report } = effectiveReport(row);
          return { name, ...report };
        }),
      })),
    });
  },
  mermaid: (deployments, alone) => print(mermaidOf(deployments, alone)),
};

/** The effective configuration of a launch, with where each value comes from. */
function effectiveText({ document, launch }: Member, defaults: boolean): string {
  const { uri } = document.document;
  const { line } = document.document.positionAt(service.headOf(launch.launch).start);
  const place = `${onOneLine(uri)}:${line + 1}`;
  const title = say("cli.explain-effective", { place, release: launch.chosen.release.name });
  const all = [...service.effectiveRows(document, launch), ...service.environmentRows(document, launch)];
  const rows = inOrderOfOrigin(all)
    .filter(({ origin }) => defaults || origin !== "default")
    .map((row) => {
      const place = row.line === undefined ? [] : [`${onOneLine(uri)}:${row.line + 1}`];
      const why = row.kind === "written" && place.length > 0 ? [] : [row.why.replaceAll("`", "")];
      return [row.flag, row.shown, [...place, ...why].join(", ")].map((cell) => onOneLine(cell));
    });
  return [colours().bold(title), columns(rows)].join("\n");
}

const ORIGINS = ["written", "derived", "default"] as const;

function inOrderOfOrigin(rows: readonly EffectiveRow[]): EffectiveRow[] {
  return [...rows].sort((a, b) => ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin));
}

/** A value in JSON; one that is not known has no `value`, and says why. */
function effectiveReport({ flag, value, origin, kind, line, formula, replaces, why }: EffectiveRow) {
  return { flag, value, origin, line, formula, replaces, ...(kind === "unknown" && { unknown: why }) };
}

function rowReport({ member, line, label, ...row }: DeploymentRow) {
  const { uri: _, ...values } = row;
  return { ...placeReport(member), line, name: label, ...values };
}

/** The rows in columns of equal width. */
function tableText(rows: readonly DeploymentRow[]): string {
  const head = ["launch", "run-mode", "host", "port", "gpus", "rank"] as const;
  const cells = rows.map((row) => [
    onOneLine(row.label),
    row.runMode,
    row.host,
    row.port,
    row.gpus,
    nodeInWords(row),
    `${onOneLine(row.uri)}:${row.line + 1}`,
  ]);
  const titles = [...head.map((name) => say(`deployment.${name}`)), ""];
  const table = [titles, ...cells.map((row) => row.map((cell) => onOneLine(String(cell ?? "–"))))];
  return columns(table);
}

function columns(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}

/** A deployment for a hover: why its launches belong together, a table of them, and what is wrong between them. */

import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Deployment, DeploymentReason } from "../../deployment/deployment";
import { say } from "../../messages";
import { type DeploymentRow, deploymentRows, fileNameOf } from "./rows";

/** Maximum number of launches and of findings that are shown. */
const MOST_ROWS = 12;
const MOST_FINDINGS = 3;

/** The paragraphs about the deployment of a launch; its own row is bold. */
export function deploymentMarkdown(deployment: Deployment, own: JudgedLaunch): string[] {
  const rows = deploymentRows(deployment);
  return [titleOf(deployment), tableOf(rows, own), otherFindings(deployment, own)].filter(
    (text) => text !== "",
  );
}

/** The name of a deployment with its reason: "Deployment `chat` · 3 launches, which name each other's addresses". */
export function titleOf({ name, members, reason }: Deployment): string {
  return say("deployment.title", { name, launches: members.length, reason: deploymentReason(reason) });
}

/** Why launches belong together, as a part of a sentence. */
export function deploymentReason(reason: DeploymentReason): string {
  return say("deployment.reason", { reason });
}

function tableOf(rows: readonly DeploymentRow[], own: JudgedLaunch): string {
  const hasRank = rows.some(({ rank, nodes }) => rank !== undefined || nodes !== undefined);
  const head = [
    say("deployment.launch"),
    say("deployment.run-mode"),
    say("deployment.host"),
    say("deployment.port"),
    say("deployment.gpus"),
    ...(hasRank ? [say("deployment.rank")] : []),
  ];
  const shown = rows.slice(0, MOST_ROWS).map((row) => {
    const isOwn = row.member.launch === own;
    const place = `[${cell(`${fileNameOf(row.uri)}:${row.line + 1}`)}](${row.uri}#L${row.line + 1})`;
    const label = isOwn ? `**${cell(row.label)}**` : cell(row.label);
    return [
      `${label} ${place}`,
      cell(row.runMode),
      cell(row.host),
      cell(row.port),
      cell(row.gpus),
      ...(hasRank ? [cell(nodeInWords(row))] : []),
    ];
  });
  const more = rows.length - shown.length;
  const lines = [head, head.map(() => "---"), ...shown].map((cells) => `| ${cells.join(" | ")} |`);
  return [...lines, ...(more > 0 ? ["", say("hover.more-problems", { count: more })] : [])].join("\n");
}

/** `1 of 2`; `?` for what is not known. */
export function nodeInWords({ rank, nodes }: Pick<DeploymentRow, "rank" | "nodes">): string | undefined {
  return rank === undefined && nodes === undefined
    ? undefined
    : say("deployment.rank-of", { rank: String(rank ?? "?"), nodes: String(nodes ?? "?") });
}

/** A table cell; a value from a file must not become Markdown. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return "–";
  return String(value)
    .replace(/[\\`*_{}[\]()<>#|!~&]/g, "\\$&")
    .replace(/\s+/g, " ");
}

/** The findings at other launches; those of its own are among its problems. */
function otherFindings(deployment: Deployment, own: JudgedLaunch): string {
  const findings = deployment.findings.filter(({ member }) => member.launch !== own);
  const lines = findings.slice(0, MOST_FINDINGS).map(({ message }) => `- ${message}`);
  const more = findings.length - lines.length;
  if (more > 0) lines.push(`- ${say("hover.more-problems", { count: more })}`);
  return lines.join("\n");
}

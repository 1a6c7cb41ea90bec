/** Deployments as a Mermaid flowchart. */

import { type Deployment, type DeploymentRow, nodeInWords, onOneLine, service } from "../service";
import { say } from "./cli-texts";

/** The source of a diagram: a box for each launch, and an arrow to each launch that it calls. */
export function mermaidOf(deployments: readonly Deployment[], alone: readonly DeploymentRow[]): string {
  const lines = ["flowchart LR"];
  for (const [index, deployment] of deployments.entries()) {
    const rows = service.deploymentRows(deployment);
    const idOf = new Map(rows.map((row, at) => [row.member, `d${index}l${at}`]));
    lines.push(`  subgraph d${index}["${mermaidText(deployment.name)}"]`);
    for (const row of rows) lines.push(`    ${idOf.get(row.member)}["${boxText(row)}"]`);
    for (const { from, to, flag } of service.deploymentConnections(rows)) {
      lines.push(`    ${idOf.get(from)} -->|${flag}| ${idOf.get(to)}`);
    }
    lines.push("  end");
    const faulty = rows.filter(({ errors }) => errors > 0).map(({ member }) => idOf.get(member));
    if (faulty.length > 0) lines.push(`  class ${faulty.join(",")} faulty`);
  }
  for (const [at, row] of alone.entries()) lines.push(`  a${at}["${boxText(row)}"]`);
  lines.push("  classDef faulty stroke:#c00,stroke-width:3px");
  return `${lines.join("\n")}\n`;
}

function boxText({ label, host, port, gpus, rank, nodes }: DeploymentRow): string {
  const address = host === undefined && port === undefined ? [] : [`${host ?? "?"}:${port ?? "?"}`];
  const node = nodeInWords({ rank, nodes });
  const size = gpus === undefined ? [] : [say("hover.launch-gpus", { count: gpus })];
  return [label, ...address, ...size, ...(node === undefined ? [] : [node])].map(mermaidText).join("<br/>");
}

/** Text that Mermaid shows as it is. */
function mermaidText(text: string): string {
  return onOneLine(text).replace(/[^\p{L}\p{N} .,:/_·-]/gu, (character) => `#${character.codePointAt(0)};`);
}

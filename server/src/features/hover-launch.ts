/** What a hover says about a launch as a whole: its size, its most important values, its problems. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { countProblems, shownProblems } from "../analysis/launch-problems";
import { originInWords } from "../judgement/rules/message";
import { quoted, writtenName } from "../judgement/rules/rule";
import { say } from "../messages";
import { holdsUnknown, show, type Value } from "../python/values";
import { betweenAt, type DeploymentOptions } from "./deployment/between";
import { deploymentMarkdown } from "./deployment/deployment-markdown";

/** Run modes that work on GPUs. */
const ON_GPUS = new Set<Value>(["normal", "prefill", "decode"]);

/** The values that decide what a server can do, in the order in which they are shown. */
const SHOWN = [
  "model_dir",
  "host",
  "port",
  "dp",
  "max_req_total_len",
  "batch_max_tokens",
  "running_max_req_size",
  "mem_fraction",
  "max_total_token_num",
];

/** Of these, the values that every process has, whatever its mode. */
const IN_EVERY_MODE = new Set(["model_dir", "host", "port"]);

/** Maximum number of problems that are listed. */
const MOST_PROBLEMS = 3;

/** The paragraphs about a launch. */
export function launchText(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  options: DeploymentOptions = {},
): string[] {
  const { deployments = [] } = options;
  const deployment = deployments.find(({ members }) => members.some(({ launch }) => launch === judged));
  return [
    headLine(judged),
    problemLines(launchDocument, judged, options),
    ...(deployment ? deploymentMarkdown(deployment, judged) : []),
    valueLines(judged),
  ].filter((text) => text !== "");
}

function headLine({ values, release }: JudgedLaunch): string {
  const mode = values.effective("run_mode")?.value;
  const gpus = count(values.effective("tp")?.value);
  const nodes = count(values.effective("nnodes")?.value);
  const parts = [say("hover.launch", { release: release.name })];
  if (typeof mode === "string") parts.push(say("hover.launch-mode", { mode }));
  if (mode !== undefined && ON_GPUS.has(mode) && gpus !== undefined) {
    parts.push(say("hover.launch-gpus", { count: gpus }));
    if (nodes !== undefined && nodes > 1) parts.push(say("hover.launch-nodes", { count: nodes }));
  }
  return parts.join(" · ");
}

function count(value: Value | undefined): number | undefined {
  return typeof value === "bigint" ? Number(value) : undefined;
}

function valueLines({ values, launch }: JudgedLaunch): string {
  const mode = values.effective("run_mode")?.value;
  const lines = SHOWN.flatMap((key) => {
    const effective = values.effective(key);
    if (!effective || effective.value === null || holdsUnknown(effective.value)) return [];
    const isOwn = (mode !== undefined && ON_GPUS.has(mode)) || IN_EVERY_MODE.has(key);
    if (!isOwn && effective.origin !== "written") return [];
    const origin = originInWords(effective);
    const line = `- \`${writtenName(`--${key}`, launch)}\` ${quoted(show(effective.value))}`;
    return [origin === undefined ? line : `${line} (${origin})`];
  });
  return lines.join("\n");
}

function problemLines(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  options: DeploymentOptions,
): string {
  const problems = shownProblems(launchDocument, judged, betweenAt(launchDocument, judged, options));
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ message }) => `- ${message}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`- ${say("hover.more-problems", { count: more })}`);
  return [`**${countProblems(launchDocument, problems)}**`, ...lines].join("\n");
}

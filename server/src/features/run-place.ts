/** Where a launch starts LightLLM: on the machine of whoever runs its command, or in a container or on another machine. */
import type { JudgedLaunch } from "../judgement/judge-file";
import { headOf, type Launch, type NotationId } from "../launch/launch";
import type { LaunchDocument } from "./document";

/** Files that tell a container what to run. */
const CONTAINER_FILES: readonly NotationId[] = ["dockerfile", "compose", "kubernetes"];

/** Programs that run the command behind them elsewhere. */
const ELSEWHERE =
  /(?:^|[\s"'`(|;&/])(?:docker|podman|nerdctl|kubectl|ssh|pdsh|srun|sbatch|salloc|apptainer|singularity|enroot)["']?(?=[\s,])/;

/** Whether the command of a launch, run in a terminal, does what the file does. */
export function runsHere({ document, file }: LaunchDocument, { launch }: JudgedLaunch): boolean {
  if (CONTAINER_FILES.includes(launch.notation)) return false;
  if (launch.form.kind === "mapping") return true;
  const { line } = document.positionAt(commandStart(launch));
  const start = document.offsetAt({ line, character: 0 });
  const inFront = file.text.slice(start, headOf(launch).start);
  return !ELSEWHERE.test(inFront) && !isInDocumentForElsewhere(file.text.slice(0, start));
}

/** Where the command begins that starts a launch; its arguments may stand elsewhere, in an array. */
export function commandStart(launch: Launch): number {
  const head = headOf(launch).start;
  return launch.span.start <= head && head <= launch.span.end ? launch.span.start : head;
}

/** Whether a text ends inside a here-document that another machine reads: `ssh gpu1 <<EOF`. */
function isInDocumentForElsewhere(before: string): boolean {
  let end: string | undefined;
  let elsewhere = false;
  for (const line of before.split(/\r?\n/)) {
    if (end !== undefined) {
      if (line.trim() === end) end = undefined;
      continue;
    }
    const opened = /(?<!<)<<(?!<)-?\s*(["']?)(\w+)\1/.exec(line);
    end = opened?.[2];
    elsewhere = end !== undefined && ELSEWHERE.test(line);
  }
  return end !== undefined && elsewhere;
}

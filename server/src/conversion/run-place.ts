/** Where a launch starts LightLLM: on the machine of whoever runs its command, or in a container or on another machine. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { headOf, type Launch, type LaunchFile, type NotationId, type Span, spanFrom } from "../launch/launch";

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
  const isInDocument = documentsForElsewhere(file).some((one) => one.start <= start && start < one.end);
  return !ELSEWHERE.test(inFront) && !isInDocument;
}

/** Where the command begins that starts a launch; its arguments may stand elsewhere, in an array. */
export function commandStart(launch: Launch): number {
  const head = headOf(launch).start;
  return launch.span.start <= head && head <= launch.span.end ? launch.span.start : head;
}

const found = new WeakMap<LaunchFile, readonly Span[]>();

/** The here-documents of a file that another machine reads: `ssh gpu1 <<EOF`. */
function documentsForElsewhere(file: LaunchFile): readonly Span[] {
  let spans = found.get(file);
  if (!spans) {
    spans = file.text.includes("<<") ? readDocuments(file.text) : [];
    found.set(file, spans);
  }
  return spans;
}

function readDocuments(text: string): Span[] {
  const spans: Span[] = [];
  let open: { readonly end: string; readonly start: number; readonly elsewhere: boolean } | undefined;
  let at = 0;
  const close = (end: number) => {
    if (open?.elsewhere) spans.push(spanFrom(open.start, end));
    open = undefined;
  };
  for (const line of text.split("\n")) {
    if (open) {
      if (line.trim() === open.end) close(at);
    } else {
      const opened = /(?<!<)<<(?!<)-?\s*(["']?)(\w+)\1/.exec(line);
      if (opened?.[2])
        open = { end: opened[2], start: at + line.length + 1, elsewhere: ELSEWHERE.test(line) };
    }
    at += line.length + 1;
  }
  close(text.length);
  return spans;
}

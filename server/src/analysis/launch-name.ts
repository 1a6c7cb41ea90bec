/** What tells the launches of a file apart. */
import type { JudgedLaunch } from "./judge-file";

/** What tells launches apart: their name, what they run, and with which model. `prefill · DeepSeek-R1`; empty where nothing is said. */
export function aboutLaunch({ assignments, launch }: JudgedLaunch): string {
  const wordOf = (name: string) => assignments.find(({ flag }) => flag.name === name)?.words[0]?.text;
  const model = wordOf("--model_dir")
    ?.replace(/[\\/]+$/, "")
    .split(/[\\/]/)
    .at(-1);
  return [...new Set([launch.name, wordOf("--run_mode"), model])].filter(Boolean).join(" · ");
}

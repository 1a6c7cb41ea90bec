/** Labels for the launches of a file. */
import { parseArguments } from "../judgement/argparse";
import type { JudgedLaunch } from "./judge-file";

/** A label from a launch's name, its run mode and its model: `prefill · DeepSeek-R1`; may be empty. */
export function aboutLaunch({ launch, release }: JudgedLaunch): string {
  const { assignments } = parseArguments(launch, release);
  const wordOf = (name: string) => assignments.find(({ flag }) => flag.name === name)?.words[0]?.text;
  const model = wordOf("--model_dir")
    ?.replace(/[\\/]+$/, "")
    .split(/[\\/]/)
    .at(-1);
  return [...new Set([launch.name, wordOf("--run_mode"), model])].filter(Boolean).join(" · ");
}

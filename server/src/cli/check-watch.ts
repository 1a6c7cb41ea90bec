/** `check --watch`: checks again when a file changes. */
import { statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { complain } from "./output";
import { forgetConfigurations } from "./project-configuration";

/** Milliseconds after the last change, because an editor writes a file in several steps. */
const AFTER = 150;

/** Runs at once and after every change, until the process ends. */
export async function watchFiles(paths: readonly string[], run: () => Promise<number>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  const again = () => {
    running = running.then(async () => {
      forgetConfigurations();
      try {
        await run();
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        complain(`lightllm-config: ${error.message}\n`);
      }
      complain(`${say("cli.check-watching")}\n`);
    });
    return running;
  };
  const starts = new Set(paths.length === 0 ? ["."] : paths.map(folderOfWatched));
  for (const start of starts) {
    watch(start, { recursive: true }, (_, name) => {
      if (/(?:^|[\\/])(?:\.git|node_modules)(?:[\\/]|$)/.test(String(name ?? ""))) return;
      clearTimeout(timer);
      timer = setTimeout(again, AFTER);
    });
  }
  await again();
}

function folderOfWatched(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

/** When a new terminal's shell takes what is typed: what comes before is shown twice, and cut off where it is long. */
import { type Event, type Terminal, window } from "vscode";

/** As much of the shell integration as is used, which VS Code has from 1.93 on. */
interface ShellEvents {
  readonly onDidChangeTerminalShellIntegration?: Event<{ readonly terminal: Terminal }>;
}

/** How long a shell may take that does not say when it is ready, in milliseconds. */
const PATIENCE = 2000;

/** What a shell that does say still takes to show its first prompt: it tells as it begins to. */
const PROMPT = 300;

/** Done when the shell shows its prompt, or when it has had its time: not every shell tells. */
export function shellReady(terminal: Terminal): Promise<void> {
  const { onDidChangeTerminalShellIntegration: told } = window as ShellEvents;
  if (!told) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      listening.dispose();
      resolve();
    };
    let timer = setTimeout(done, PATIENCE);
    const listening = told((event) => {
      if (event.terminal !== terminal) return;
      clearTimeout(timer);
      timer = setTimeout(done, PROMPT);
    });
  });
}

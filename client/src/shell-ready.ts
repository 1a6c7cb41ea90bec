/** Waits until a new terminal's shell reads input: earlier input is echoed twice, and long input is cut off. */
import { type Event, type Terminal, window } from "vscode";

/** The parts of the shell integration that are used; VS Code has it since 1.93. */
interface ShellEvents {
  readonly onDidChangeTerminalShellIntegration?: Event<{ readonly terminal: Terminal }>;
}

/** Time limit for a shell that does not report that it is ready, in milliseconds. */
const PATIENCE = 2000;

/** Time between the report and the prompt, in milliseconds. */
const PROMPT = 300;

/** Resolves when the shell shows its prompt, or after the time limit: not every shell reports it. */
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

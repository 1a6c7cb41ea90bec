/** Tasks of the type `lightllm-config`: `lightllm-config check` over a folder of the workspace. */
import {
  type Disposable,
  ShellExecution,
  ShellQuoting,
  Task,
  type TaskDefinition,
  TaskGroup,
  tasks,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { say } from "./messages";

const TYPE = "lightllm-config";

/** A task as tasks.json has it. */
interface CheckTask extends TaskDefinition {
  /** Files, folders and patterns; the whole folder if there are none. */
  readonly paths?: readonly string[];
  /** Options of `check`, such as `--min-severity=warning`. */
  readonly options?: readonly string[];
  /** The program, if it is not on the path. */
  readonly program?: string;
}

/** Offers a check of each folder of the workspace, and runs the tasks of tasks.json. */
export function checkTasks(): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: () => (workspace.workspaceFolders ?? []).map((folder) => taskOf({ type: TYPE }, folder)),
    resolveTask({ definition, scope }) {
      const folder = typeof scope === "object" ? scope : workspace.workspaceFolders?.[0];
      return folder && taskOf(definition, folder);
    },
  });
}

function taskOf(definition: TaskDefinition, folder: WorkspaceFolder): Task {
  const { program = TYPE, options = [], paths = [] }: CheckTask = definition;
  const words = ["check", ...options, ...paths];
  const run = new ShellExecution(
    quoted(program),
    words.map((word) => quoted(word)),
    { cwd: folder.uri.fsPath },
  );
  const task = new Task(definition, folder, say("client.check-task"), TYPE, run, `$${TYPE}`);
  task.group = TaskGroup.Test;
  return task;
}

/** A word that no shell splits or expands. */
function quoted(value: string) {
  return /^[\w./=-]+$/.test(value) ? value : { value, quoting: ShellQuoting.Strong };
}

/** Tasks of the type `lightllm-config`: what they run, and where. */
import { beforeEach, expect, test } from "vitest";
import { checkTasks } from "../../client/src/check-task";
import { taskProviders, Uri, workspace } from "../support/vscode";

const FOLDER = { uri: Uri.parse("file:///project"), name: "project", index: 0 };

beforeEach(() => {
  taskProviders.clear();
  workspace.workspaceFolders = [FOLDER];
  checkTasks();
});

test("each folder has a check, and its findings are matched", () => {
  expect(taskProviders.get("lightllm-config")?.provideTasks()).toMatchObject([
    {
      scope: FOLDER,
      source: "lightllm-config",
      execution: { command: "lightllm-config", args: ["check"], options: { cwd: "/project" } },
      matchers: "$lightllm-config",
    },
  ]);
});

test("a task of tasks.json has its own program, options and paths, which no shell splits", () => {
  const definition = {
    type: "lightllm-config",
    program: "/opt/my tools/lightllm-config",
    options: ["--min-severity=warning"],
    paths: ["a b.sh", "$HOME"],
  };
  expect(taskProviders.get("lightllm-config")?.resolveTask({ definition, scope: FOLDER })).toMatchObject({
    definition,
    execution: {
      command: { value: "/opt/my tools/lightllm-config", quoting: 2 },
      args: [
        "check",
        "--min-severity=warning",
        { value: "a b.sh", quoting: 2 },
        { value: "$HOME", quoting: 2 },
      ],
    },
  });
});

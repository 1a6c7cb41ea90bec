/** Messages to the server about the Python extension's selection; the extension is never activated for it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followPython } from "../../client/src/python-extension";
import { PYTHON_CHOSEN } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { EventEmitter, events, extensions } from "../support/vscode";

const chosen = new EventEmitter<unknown>();
const python = {
  isActive: true,
  activate: vi.fn(),
  exports: {
    environments: {
      getActiveEnvironmentPath: () => ({ path }),
      onDidChangeActiveEnvironmentPath: chosen.event,
    },
  },
};
let path: string;
let fake: FakeClient;
let following: { dispose(): unknown };
beforeEach(() => {
  path = "/env/bin/python";
  python.isActive = true;
  fake = fakeClient();
  following = followPython(fake.client);
  extensions.getExtension.mockImplementation(() => python);
});
afterEach(() => following.dispose());

function told() {
  expect(fake.notifications.every(({ method }) => method === PYTHON_CHOSEN)).toBe(true);
  return fake.notifications.map(({ params }) => (params as { path: string | null }).path);
}

test("the server hears of the choice once it runs, of each other choice, and again when it was started again", () => {
  fake.run(true);
  events.activeEditor.fire(undefined);
  expect(told()).toEqual(["/env/bin/python"]);
  path = "/other/bin/python";
  chosen.fire(undefined);
  expect(told()).toEqual(["/env/bin/python", "/other/bin/python"]);
  fake.run(false);
  fake.run(true);
  expect(told()).toEqual(["/env/bin/python", "/other/bin/python", "/other/bin/python"]);
});

test("it is notified when none is selected any more, but not of a bare name", () => {
  path = "python";
  fake.run(true);
  expect(told()).toEqual([]);
  path = "/env";
  chosen.fire(undefined);
  path = "python";
  chosen.fire(undefined);
  expect(told()).toEqual(["/env", null]);
});

test("an extension that does not run is left alone, until it does", () => {
  python.isActive = false;
  fake.run(true);
  expect(told()).toEqual([]);
  expect(python.activate).not.toHaveBeenCalled();
  python.isActive = true;
  events.activeEditor.fire(undefined);
  expect(told()).toEqual(["/env/bin/python"]);
});

test("an editor without the extension, or with one that offers nothing, works too", () => {
  extensions.getExtension.mockImplementation(() => undefined);
  fake.run(true);
  extensions.getExtension.mockImplementation(() => ({ isActive: true, exports: undefined }));
  events.extensions.fire();
  expect(told()).toEqual([]);
});

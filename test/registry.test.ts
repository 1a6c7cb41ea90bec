/** What `npm start` says at once where nothing can be downloaded. */
import { afterEach, expect, test } from "vitest";
import { refuseUnreachableRegistry } from "../scripts/editor/registry.mjs";

const before = process.env.npm_config_registry;
afterEach(() => {
  if (before === undefined) delete process.env.npm_config_registry;
  else process.env.npm_config_registry = before;
});

test("says in a sentence that the registry cannot be reached", () => {
  // Nothing listens on this port.
  process.env.npm_config_registry = "http://127.0.0.1:9/";
  expect(refuseUnreachableRegistry).toThrow(
    /^The npm registry http:\/\/127\.0\.0\.1:9\/ cannot be reached from this machine.*start again\.$/,
  );
});

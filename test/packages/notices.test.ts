/** The licences of the bundled packages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notices } from "../../scripts/notices.mjs";
import { root } from "../support/paths";

test("THIRD-PARTY-NOTICES.txt has the licence of every package in the bundles, and no other: npm run notices", async () => {
  expect(readFileSync(join(root, "THIRD-PARTY-NOTICES.txt"), "utf8")).toBe(await notices(root));
});

/** The texts that `npm run fuzz` once found something with: everything is asked of each of them. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AREAS, type Area, failuresOf } from "../fuzz/checks";
import { readCorpus } from "../fuzz/corpus";
import { root } from "./support/paths";

/** A server is asked by `npm run fuzz` only; `test/protocol` has tests of its own. */
const LEFT_OUT: readonly Area[] = ["server"];
const ASKED = AREAS.filter((area) => !LEFT_OUT.includes(area));

describe("texts that were found by chance", () => {
  test.each(readCorpus(join(root, "fuzz/corpus")).map(({ name, edited }) => [name, edited] as const))(
    "%s",
    (_, edited) => {
      expect(failuresOf(edited, ASKED, true)).toEqual([]);
    },
  );
});

/** The texts with which `npm run fuzz` found an error: all checks run on each of them. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AREAS, type Area, failuresOf } from "../fuzz/checks";
import { readCorpus } from "../fuzz/corpus";
import { root } from "./support/paths";

/** Only `npm run fuzz` tests a server this way; `test/protocol` has its own tests. */
const LEFT_OUT: readonly Area[] = ["server"];
const ASKED = AREAS.filter((area) => !LEFT_OUT.includes(area));

describe("texts that the fuzzer found", () => {
  test.each(readCorpus(join(root, "fuzz/corpus")).map(({ name, edited }) => [name, edited] as const))(
    "%s",
    (_, edited) => {
      expect(failuresOf(edited, ASKED, true)).toEqual([]);
    },
  );
});

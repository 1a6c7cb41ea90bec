/** The recorded launches that one of the first two releases accepts, migrated to every later release. */
import { describe, expect, test } from "vitest";
import { RELEASES } from "../support/conformance";
import { checkTold, PAIRS } from "../support/migrated";

describe("every accepted launch, migrated over every later boundary", () => {
  test.each(PAIRS.filter(([from]) => RELEASES.indexOf(from) < 2))(
    "%s to %s: it is accepted there or a reason is given, and every flag is there or accounted for",
    (from, to) => {
      const { count, refused, silent, left } = checkTold(from, to);
      expect(count).toBeGreaterThan(300);
      expect(refused, "what the new release refuses is reported").toEqual([]);
      expect(left, "the share that no fix makes start without a new error").toBeLessThan(0.005);
      expect(silent).toEqual([]);
    },
  );
});

/** The recorded launches that a later release accepts, migrated to those after it; and migrations that change nothing. */
import { describe, expect, test } from "vitest";
import { RELEASES } from "../support/conformance";
import { acceptedBy, checkTold, migrated, open, PAIRS } from "../support/migrated";

describe("every accepted launch, migrated over every later boundary", () => {
  test.each(PAIRS.filter(([from]) => RELEASES.indexOf(from) >= 2))(
    "%s to %s: it is accepted there or a reason is given, and every flag is there or accounted for",
    (from, to) => {
      const { count, refused, silent, left } = checkTold(from, to);
      expect(count).toBeGreaterThan(300);
      expect(refused, "what the new release refuses is reported").toEqual([]);
      expect(left, "the share that no fix makes start without a new error").toBeLessThan(0.005);
      expect(silent).toEqual([]);
    },
  );

  test.each(RELEASES)("%s to itself: nothing changes", (name) => {
    for (const accepted of acceptedBy(name)) {
      const { before, text } = migrated(accepted, name);
      expect(text).toBe(before);
    }
  });

  test.each(PAIRS)("%s to %s: to carry it over again changes nothing", (from, to) => {
    for (const accepted of acceptedBy(from).filter((_, at) => at % 20 === 0)) {
      const { text } = migrated(accepted, to);
      expect(migrated({ opened: open(text, to, accepted.one) }, to).text).toBe(text);
    }
  });
});

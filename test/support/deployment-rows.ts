/** Tests of deployments as rows: what is said between the launches of some files, and that the fixes take it away. */
import { describe, expect, test } from "vitest";
import { type Files, mended, saidBetween } from "./deployments";

export interface Row {
  readonly name: string;
  readonly files: Files;
  /** What is said; nothing for a whole deployment. */
  readonly said?: readonly string[];
  /** Whether the preferred fixes leave something open, because only the user knows the answer. */
  readonly stays?: boolean;
}

/** Tests each row. */
export function describeRows(rows: readonly Row[]): void {
  describe.each(rows.map((row): [string, Row] => [row.name, row]))(
    "%s",
    (_, { files, said = [], stays = false }) => {
      test("is reported where it is, or is fine", () => {
        expect(saidBetween(files)).toEqual(said);
      });

      test.runIf(said.length > 0)("the preferred fixes leave nothing, unless only the user knows", () => {
        expect(saidBetween(mended(files)).length > 0).toBe(stays);
      });
    },
  );
}

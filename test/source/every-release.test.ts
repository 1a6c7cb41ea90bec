/** The flags of every bundled release, written in the usual ways to build a parser, are read back exactly. */
import { describe, expect, test } from "vitest";
import { shippedCatalogue } from "../../server/src/catalogue";
import { readSource } from "../../server/src/source";
import { PLAIN, SHAPES, type Style, writeParser } from "../support/argparse-writer";

const catalogue = shippedCatalogue();

const WAYS: readonly (readonly [string, Partial<Style>])[] = [
  ["plainly", {}],
  ...SHAPES.map((shape) => [`with ${shape}`, { shape }] as const),
  ["with a parser of another name", { parser: "cli_options" }],
  ["on one line each", { lines: "one" }],
  ["with single quotes and tuples", { strings: "single", choices: "tuple" }],
  ["with triple quotes and sets", { strings: "triple", choices: "set" }],
  ["with raw strings and constants", { strings: "raw", choices: "constant" }],
  ["with strings side by side and sums", { strings: "implicit", choices: "sum" }],
  ["with f-strings and arithmetic", { strings: "f-string", numbers: "arithmetic" }],
];

describe.each(catalogue.releases)("the flags of $name", (release) => {
  test.each(WAYS)("written %s", (_, style) => {
    const reading = readSource(writeParser(release.flags, { ...PLAIN, ...style }), catalogue);
    expect(reading).toEqual({ kind: "release", release: expect.anything(), differences: 0 });
    expect(reading.kind === "release" && reading.release).toBe(release);
  });
});

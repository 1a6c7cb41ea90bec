/** Spans: one whose end comes before its start cannot be made. */
import { expect, test } from "vitest";
import { type Span, spanFrom, spanOver } from "../../server/src/launch/launch";

test.each([
  [2, 5, 2, 5],
  [5, 2, 5, 5],
  [-1, 2, 0, 2],
  [-3, -1, 0, 0],
  [Number.NaN, 2, 0, 2],
  [2, Number.NaN, 2, 2],
])("from %s to %s", (start, end, from, to) => {
  expect(spanFrom(start, end)).toEqual({ start: from, end: to });
});

test("over words, up to the first that is elsewhere", () => {
  const word = (start: number, end: number, elsewhere?: number) => ({
    span: spanFrom(start, end),
    ...(elsewhere !== undefined && { elsewhere }),
  });
  expect(spanOver([word(3, 5), word(6, 9), word(0, 1)])).toEqual({ start: 3, end: 9 });
  expect(spanOver([word(3, 5), word(20, 21, 20)])).toEqual({ start: 3, end: 5 });
  expect(spanOver([word(3, 5), { ...word(20, 21), spanInLaunch: spanFrom(6, 8) }])).toEqual({
    start: 3,
    end: 8,
  });
});

test("the compiler refuses one that is written out, and one that is spread", () => {
  const whole = spanFrom(1, 4);
  // @ts-expect-error Only `spanFrom` makes spans.
  const written: Span = { start: 4, end: 1 };
  // @ts-expect-error Only `spanFrom` makes spans.
  const spread: Span = { ...whole, end: 0 };
  expect([written, spread]).toHaveLength(2);
});

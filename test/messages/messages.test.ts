/** Texts for users: values, plural forms, and missing translations. */
import { afterEach, expect, test } from "vitest";
import { languages, messagesOf, say, translated, useLanguage, useMessages } from "../../server/src/messages";

afterEach(() => useLanguage("en"));

test.each([
  [0, 0, "no problems"],
  [1, 0, "1 error"],
  [2, 0, "2 errors"],
  [0, 1, "1 warning"],
  [3, 1, "3 errors, 1 warning"],
])("%i errors and %i warnings: %s", (errors, warnings, text) => {
  const separator = errors > 0 && warnings > 0 ? ", " : "";
  const said =
    errors + warnings === 0 ? say("problems.none") : say("problems.count", { errors, separator, warnings });
  expect(said).toBe(text);
});

test("a value is shown as it is, also if it looks like a part of a message", () => {
  expect(say("release.no-such-release", { name: "{release} # ''" })).toBe(
    "There is no release '{release} # ''', which is asked for.",
  );
});

test("another language takes the place of English, text by text", () => {
  useMessages({ "problems.none": "没有问题" }, "zh");
  expect(say("problems.none")).toBe("没有问题");
  expect(say("problems.not-checked")).toBe("not checked");
});

test("a text of a rule is its own id, and stays English without a translation", () => {
  useMessages({ "`--tp` is {tp}.": "`--tp` 为 {tp}。" }, "zh");
  expect(translated("`--tp` is {tp}.")).toBe("`--tp` 为 {tp}。");
  expect(translated("`--dp` is {dp}.")).toBe("`--dp` is {dp}.");
});

test("a locale without texts gets English", () => {
  useLanguage("qq-QQ");
  expect(say("release.lacks", { count: 1 })).toBe("does not know 1 flag");
});

test("no text is empty", () => {
  const empty = languages.flatMap((language) =>
    Object.entries(messagesOf(language) ?? {}).filter(([, text]) => text.length === 0),
  );
  expect(empty).toEqual([]);
});

import { expect, test } from "vitest";
import { claimsFile } from "../../server/src/launch/directive-comment";
import { findDirectives } from "../../server/src/launch/directives";

/** The directives of a line, with the text of their spans. */
function read(text: string, signs?: readonly string[]): string[] {
  return findDirectives(text, signs).map((directive) => {
    const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    if ("codes" in directive)
      return `${directive.kind} ${directive.codes.map(({ code, span }) => `${code}:${at(span)}`)}`;
    const value = "valueSpan" in directive ? ` ${at(directive.valueSpan)}` : "";
    return `${directive.kind}${value} in ${at(directive.span)}`;
  });
}

test.each([
  ["# lightllm: release=v1.1.0", ["release v1.1.0 in # lightllm: release=v1.1.0"]],
  ["\uFEFF#lightllm:release = v1.1.0 \r\na", ["release v1.1.0 in #lightllm:release = v1.1.0"]],
  ["\t# lightllm: release", ["release  in # lightllm: release"]],
  ["a\n  #  lightllm:  args\nb", ["args in #  lightllm:  args"]],
  ["# lightllm: disable-file= a, b ,c", ["disable-file a:a,b:b,c:c"]],
  ["# lightllm: disable-next-line=x\r\n# lightllm: off", ["disable-next-line x:x", "off in # lightllm: off"]],
  ["# lightllm: silence=a", ["unknown silence in # lightllm: silence=a"]],
  ["# lightllm:", ["unknown  in # lightllm:"]],
  ["a # lightllm: off", []],
  ["; lightllm: off", []],
  ["## lightllm: off", []],
])("%j says %j", (text, said) => {
  expect(read(text)).toEqual(said);
});

test("a notation has its own comment signs", () => {
  expect(read("; lightllm: off\n# lightllm: config\n// lightllm: args", [";", "//"])).toEqual([
    "off in ; lightllm: off",
    "args in // lightllm: args",
  ]);
});

test.each([
  ["# lightllm: config", true],
  ["\uFEFF#lightllm:config \r\ntp: 8", true],
  ["  # lightllm: config", false],
  ["# lightllm: config=1", false],
  ["# a\n# lightllm: config", false],
])("the first line of %j claims the file: %s", (text, claims) => {
  expect(claimsFile(text)).toBe(claims);
});

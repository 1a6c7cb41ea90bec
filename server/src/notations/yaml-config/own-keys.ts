/** The keys of a YAML config that are not flags. */

import { type Launch, type Span, spanFrom } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { say } from "../../messages";
import type { OwnKey } from "../notation";

/** In the order of completion. */
export const OWN_KEYS: readonly OwnKey[] = [
  {
    name: "env",
    insert: "env:",
    get summary() {
      return say("yaml.key-env");
    },
    get text() {
      return say("yaml.key-env-text");
    },
  },
  {
    name: "x-name",
    insert: "x-name: ",
    get summary() {
      return say("yaml.key-name");
    },
    get text() {
      return say("yaml.key-name-text");
    },
  },
  {
    name: "x-deployment",
    insert: "x-deployment: ",
    get summary() {
      return say("yaml.key-deployment");
    },
    get text() {
      return say("yaml.key-deployment-text");
    },
  },
  {
    name: "x-arguments",
    insert: "x-arguments: ",
    get summary() {
      return say("yaml.key-arguments");
    },
    get text() {
      return say("yaml.key-arguments-text");
    },
  },
];

/** Whether the document of a launch has a key. */
export function hasOwnKey(text: string, { span }: Launch, { name }: OwnKey): boolean {
  return new RegExp(`^${name}[ \\t]*:`, "m").test(text.slice(span.start, span.end));
}

/** The key at an offset. */
export function ownKeyAt(
  text: string,
  offset: number,
): { readonly key: OwnKey; readonly span: Span } | undefined {
  const start = lineStartAt(text, offset);
  const [, name = ""] =
    /^(env|x-name|x-deployment|x-arguments(?:-\d+)?)[ \t]*:/.exec(text.slice(start, start + 80)) ?? [];
  const key = OWN_KEYS.find((one) => one.name === name.replace(/-\d+$/, ""));
  if (!key || offset > start + name.length) return undefined;
  return { key, span: spanFrom(start, start + name.length) };
}

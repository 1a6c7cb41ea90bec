/** The keys of a YAML config that are no flags. */
import { type Launch, type Span, spanFrom } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { OwnKey } from "../notation";

/** In the order in which they are offered. */
export const OWN_KEYS: readonly OwnKey[] = [
  {
    name: "env",
    insert: "env:",
    summary: "environment variables",
    text: "The environment variables that the launch sets, a key for each: `LOADWORKER: 18`. All others stay as they are where it is started; `null` leaves one alone.",
  },
  {
    name: "x-name",
    insert: "x-name: ",
    summary: "what to call the launch",
    text: "With several launches in a file, `lightllm-config run --name prefill` starts the one that is called so. A compose service and a Kubernetes pod that are made of it have this name too.",
  },
  {
    name: "x-arguments",
    insert: "x-arguments: ",
    summary: "further words, as a shell writes them",
    text: 'Words of the command line that no key can stand for, as a shell writes them: `"$@"`, `$EXTRA_ARGS`, `--flag=--value`. They stand among the flags where the key stands; further ones are numbered, `x-arguments-2`.',
  },
];

/** Whether the document of a launch has a key. */
export function hasOwnKey(text: string, { span }: Launch, { name }: OwnKey): boolean {
  return new RegExp(`^${name}[ \\t]*:`, "m").test(text.slice(span.start, span.end));
}

/** The key of ours at an offset. */
export function ownKeyAt(
  text: string,
  offset: number,
): { readonly key: OwnKey; readonly span: Span } | undefined {
  const start = lineStartAt(text, offset);
  const [, name = ""] = /^(env|x-name|x-arguments(?:-\d+)?)[ \t]*:/.exec(text.slice(start, start + 80)) ?? [];
  const key = OWN_KEYS.find((one) => one.name === name.replace(/-\d+$/, ""));
  if (!key || offset > start + name.length) return undefined;
  return { key, span: spanFrom(start, start + name.length) };
}

/** Reads the flags that a Python text adds to its argument parser, or says why they cannot be determined. */
import { say } from "../messages";
import { namesOf } from "../python/text/names";
import { parserCalls } from "./calls";
import { missingPart } from "./completeness";
import type { Option } from "./option";
import { allOptions } from "./option-list";
import { readSyntax } from "./read-syntax";

/** Result of reading a parser. */
export type ParserReading =
  | { readonly kind: "options"; readonly options: readonly Option[] }
  | { readonly kind: "broken"; readonly why: string };

/** In UTF-16 units. LightLLM's own file has less than a tenth of it. */
const LONGEST = 1_000_000;

/** Reads the flags of a text that builds one argument parser, of any program. */
export function readParser(written: string): ParserReading {
  const text = written.replace(/^\ufeff/, "");
  const unreadable = textFault(text);
  if (unreadable !== undefined) return { kind: "broken", why: unreadable };
  const syntax = readSyntax(text);
  if ("why" in syntax) return { kind: "broken", why: syntax.why };
  const { root, errors } = syntax;
  const names = namesOf(root, text);
  const calls = parserCalls(root, names);
  const why = missingPart(root, errors, calls, names);
  if (why !== undefined) return { kind: "broken", why };
  return { kind: "options", options: allOptions(calls, names) };
}

function textFault(text: string): string | undefined {
  if (text.trim() === "") return say("source.empty");
  if (text.length > LONGEST) return say("source.too-long", { most: LONGEST });
  if (text.includes("\0")) return say("source.nul-characters");
  if (text.includes("\ufffd")) return say("source.no-utf8");
  return undefined;
}

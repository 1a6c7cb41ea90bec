/** reStructuredText: shell commands and terminal transcripts in code directives and literal blocks. */
import { pageNotation } from "../markdown/page";
import type { Notation } from "../notation";
import { outlineOfBlocks, restructuredTextBlocks } from "./blocks";
import { restructuredTextTraits } from "./traits";

export const restructuredtext: Notation = pageNotation(
  restructuredTextTraits,
  restructuredTextBlocks,
  outlineOfBlocks,
);

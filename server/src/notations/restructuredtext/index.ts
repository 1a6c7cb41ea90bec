/** reStructuredText: shell commands and terminal transcripts in code directives and literal blocks. */
import { pageNotation } from "../markdown/page";
import type { Notation } from "../notation";
import { restructuredTextBlocks } from "./blocks";

export const restructuredtext: Notation = pageNotation("restructuredtext", restructuredTextBlocks);

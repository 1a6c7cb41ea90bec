/** Markdown: shell commands and terminal transcripts in code blocks, and the commands that its text mentions. */
import type { Notation } from "../notation";
import { markdownBlocks } from "./blocks";
import { outlineOfPage } from "./markdown-parser";
import { pageNotation } from "./page";
import { markdownTraits } from "./traits";

export const markdown: Notation = pageNotation(markdownTraits, markdownBlocks, outlineOfPage);

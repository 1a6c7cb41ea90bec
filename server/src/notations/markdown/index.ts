/** Markdown: shell commands and terminal transcripts in code blocks. Inline code is ignored. */
import type { Notation } from "../notation";
import { markdownBlocks } from "./blocks";
import { pageNotation } from "./page";
import { markdownTraits } from "./traits";

export const markdown: Notation = pageNotation(markdownTraits, markdownBlocks);

/** The code blocks of a Markdown page as embedded texts. */
import { spanFrom } from "../../launch/launch";
import { joinParts } from "../console";
import { type Embedded, toFile, verbatim } from "../embedded";
import { mayHoldLaunch } from "../program";
import type { CodeBlock } from "./code";
import { refuseDeepPage } from "./depth";
import { inlineCode } from "./inline";
import { codeOfPage } from "./markdown-parser";

/** Maximum nesting: code in tabs and notes is indented, with its fences. */
const DEEPEST = 4;

/** The blocks that may contain a launch, in order. @throws BeyondBounds */
export function markdownBlocks(text: string): CodeBlock[] {
  return blocksIn(verbatim(text, spanFrom(0, text.length)), 0);
}

function blocksIn(page: Embedded, depth: number): CodeBlock[] {
  refuseDeepPage(page.text);
  const { blocks, prose } = codeOfPage(page.text);
  const inline = prose
    .map((parts) => joinParts(page, parts))
    .flatMap((paragraph) => inlineCode(paragraph, BACKQUOTES));
  const inBlocks = blocks.flatMap(({ info, parts }): CodeBlock[] => {
    const embedded = joinParts(page, parts);
    if (!mayHoldLaunch(embedded.text)) return [];
    const isPage = info === undefined && /^[ \t]*(?:```|~~~)/m.test(embedded.text);
    if (isPage && depth < DEEPEST) return blocksIn(embedded, depth + 1);
    return [{ language: languageOf(info ?? ""), embedded }];
  });
  return [...inBlocks, ...inline].sort((a, b) => toFile(a.embedded, 0) - toFile(b.embedded, 0));
}

/** Any number of backquotes, and as many at the end. */
const BACKQUOTES = /(?<![`\\])(`+)(?!`)(.*?[^`])\1(?!`)/gs;

/** The language of an info string: `bash`, `bash title="x"`, `{.bash}`, `{code-block} console`. */
function languageOf(info: string): string {
  const directive =
    /^\{(?:code(?:-block|-cell)?|sourcecode|prompt|parsed-literal|eval-rst)\}[ \t]*(\S*)/.exec(info);
  if (directive) return (directive[1] ?? "").toLowerCase();
  return (/[\w+#-]+/.exec(info)?.[0] ?? "").toLowerCase();
}

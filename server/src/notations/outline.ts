/** What a text consists of, with its launches and around them: an edit of a launch leaves the pieces that it does not touch. */
import type { Span } from "../launch/launch";

/** A piece of a text: a key, a value, a statement, a block. */
export interface Piece {
  readonly span: Span;
  /** What it is, where it belongs, and what it says. */
  readonly says: string;
}

/** The pieces of a text. */
export interface Outline {
  readonly pieces: readonly Piece[];
  /** How many places its language does not allow. */
  readonly faults: number;
}

/** A node of a syntax tree of Lezer. */
interface TreeNode {
  readonly from: number;
  readonly to: number;
  cursor(): { iterate(enter: (node: EnteredNode) => undefined): void };
}

interface EnteredNode {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly type: { readonly isError: boolean };
  readonly node: { readonly firstChild: unknown };
}

/** The nodes of a syntax tree; of those without children also the text. */
export function outlineOfTree(
  root: TreeNode,
  text: string,
  spanOf: (from: number, to: number) => Span,
): Outline {
  const pieces: Piece[] = [];
  let faults = 0;
  root.cursor().iterate(({ from, to, name, type, node }) => {
    if (type.isError) faults++;
    const own = node.firstChild ? "" : ` ${text.slice(from, to)}`;
    pieces.push({ span: spanOf(from, to), says: name + own });
    return undefined;
  });
  return { pieces, faults };
}

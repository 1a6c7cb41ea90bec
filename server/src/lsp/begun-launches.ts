/**
 * Remembers the launch that the user has begun and not left: what it still lacks is not reported yet. A launch is begun if
 * the document has more launches than when it was opened or saved, and the last edit is in it.
 */

/** A document as the text that the client has. */
interface Text {
  readonly uri: string;
  getText(): string;
}

/** The launches of a document, and the launch nearest to an offset. */
export interface Launches {
  readonly count: number;
  nearest(offset: number): number | undefined;
}

interface State {
  text: string;
  /** The number of launches when the document was opened or saved; undefined before they are counted. */
  count?: number;
  /** End of the last edit since then. */
  editedAt?: number | undefined;
}

export class BegunLaunches {
  private readonly states = new Map<string, State>();

  /** Call this when a document is opened, and after each change. */
  changed(document: Text): void {
    const text = document.getText();
    const state = this.states.get(document.uri);
    if (!state) this.states.set(document.uri, { text });
    else if (text !== state.text) Object.assign(state, { text, editedAt: endOfChange(state.text, text) });
  }

  /** Call this when a document is saved. @returns whether its findings may be others now. */
  saved(document: Text): boolean {
    const wasEdited = this.states.get(document.uri)?.editedAt !== undefined;
    this.states.set(document.uri, { text: document.getText() });
    return wasEdited;
  }

  closed(uri: string): void {
    this.states.delete(uri);
  }

  /** An offset in the launch that is begun, in the current text; undefined if there is none. */
  placeIn(uri: string, { count }: Launches): number | undefined {
    const state = this.states.get(uri);
    if (!state) return undefined;
    if (state.editedAt === undefined) state.count = count;
    return state.count !== undefined && count > state.count ? state.editedAt : undefined;
  }

  /** Call this with the place of the cursor. @returns whether it has left the launch that was begun. */
  movedTo(uri: string, offset: number, launches: Launches): boolean {
    const begunAt = this.placeIn(uri, launches);
    if (begunAt === undefined || launches.nearest(begunAt) === launches.nearest(offset)) return false;
    Object.assign(this.states.get(uri) ?? {}, { count: launches.count, editedAt: undefined });
    return true;
  }
}

/** Offset in the new text where it begins to be as before. */
function endOfChange(before: string, after: string): number {
  let same = 0;
  const shorter = Math.min(before.length, after.length);
  while (same < shorter && before.at(-1 - same) === after.at(-1 - same)) same++;
  return after.length - same;
}

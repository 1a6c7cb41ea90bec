/** Texts that the extension shows, such as both sides of a comparison: read-only documents that no file has. */
import { type Disposable, Uri, workspace } from "vscode";

/** The scheme of their addresses. */
export const SHOWN_SCHEME = "lightllm-text";

/** Number of texts that are kept; a comparison has two. */
const MOST = 20;

const texts = new Map<string, string>();
let made = 0;

/** Provides the texts until it is disposed. */
export function shownTexts(): Disposable {
  return workspace.registerTextDocumentContentProvider(SHOWN_SCHEME, {
    provideTextDocumentContent: ({ query }) => texts.get(query) ?? "",
  });
}

/** A document with a text, under a name. */
export function textDocumentOf(name: string, text: string): Uri {
  const key = String(++made);
  texts.set(key, text);
  for (const old of texts.keys()) if (texts.size > MOST) texts.delete(old);
  return Uri.from({ scheme: SHOWN_SCHEME, path: `/${name.replaceAll("/", " ")}`, query: key });
}

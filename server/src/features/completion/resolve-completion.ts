/** The documentation of an item, added when the client shows it. */

import { type CompletionItem, MarkupKind } from "vscode-languageserver-types";
import {
  type Catalogue,
  environmentMarkdown,
  environmentVariable,
  flagMarkdown,
  type Language,
  type Release,
  valueMarkdown,
} from "../../catalogue";

/** Data of an item for `resolveCompletion`: enough to find its documentation. */
export interface CompletionData {
  readonly release: string;
  readonly flag?: string;
  /** The flag's current value in this launch, before it is written. */
  readonly here?: string;
  /** Why this launch needs the flag, or why the flag or the word would have no effect here, or end it. */
  readonly reason?: string;
  readonly word?: string;
  /** Name of an environment variable. */
  readonly variable?: string;
}

/** Adds the documentation to an item from `complete`; returns any other item unchanged. */
export function resolveCompletion(
  item: CompletionItem,
  catalogue: Catalogue,
  language: Language,
  sources: readonly Release[] = [],
): CompletionItem {
  const data = item.data as CompletionData | undefined;
  const release = data && (sources.find(({ id }) => id === data.release) ?? catalogue.release(data.release));
  const value = data && release ? documentationOf(data, release, catalogue, language) : undefined;
  if (!value) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function documentationOf(
  { flag: name, here, reason, word, variable }: CompletionData,
  release: Release,
  catalogue: Catalogue,
  language: Language,
): string | undefined {
  const known = variable === undefined ? undefined : environmentVariable(catalogue, variable);
  if (variable !== undefined)
    return known && environmentMarkdown(variable, known, release, catalogue, language);
  const flag = name === undefined ? undefined : release.byName.get(name);
  if (!flag) return undefined;
  const markdown =
    word === undefined
      ? flagMarkdown(flag, release, catalogue, language, here)
      : valueMarkdown(flag, word, release, catalogue, language);
  return [reason, markdown].filter(Boolean).join("\n\n") || undefined;
}

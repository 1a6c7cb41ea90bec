/** Launches and flags of several documents, by their names. */
import { type SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import { aboutLaunch } from "../../analysis/launch-name";
import { flagName, headOf } from "../../launch/launch";
import { say } from "../../messages";

/** A list is for people, who type on until it is short. */
const MOST = 300;

/** The symbols whose names have the letters of a query, in this order. */
export function workspaceSymbols(documents: readonly LaunchDocument[], query: string): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  for (const launchDocument of documents) {
    const { document, launches } = launchDocument;
    for (const judged of launches) {
      const { launch } = judged;
      if (launch.isMention) continue;
      const about = aboutLaunch(judged);
      const name = about ? say("symbols.launch-named", { name: about }) : say("symbols.launch");
      const place = (span: Parameters<typeof rangeOf>[1]) => ({
        uri: document.uri,
        range: rangeOf(document, span),
      });
      if (matches(name, query))
        found.push({ name, kind: SymbolKind.Module, location: place(headOf(launch)) });
      for (const argument of launch.arguments) {
        const written =
          `${flagName(argument)} ${argument.valueSource.replace(/\s+/g, " ").slice(0, 80)}`.trim();
        if (argument.inherited || argument.flag === "" || query === "" || !matches(written, query)) continue;
        found.push({
          name: written,
          kind: SymbolKind.Property,
          location: place(argument.span),
          containerName: name,
        });
      }
      if (found.length >= MOST) return found.slice(0, MOST);
    }
  }
  return found;
}

function matches(name: string, query: string): boolean {
  let at = 0;
  const lower = query.toLowerCase();
  for (const char of name.toLowerCase()) if (char === lower[at]) at++;
  return at >= lower.length;
}

/** The outline: each launch, its groups of flags, its flags. */

import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { aboutLaunch } from "../analysis/launch-name";
import { readWord } from "../judgement/argparse";
import { type Argument, flagName, type Span, spanFrom } from "../launch/launch";
import { say } from "../messages";

/** The symbols of a document, launches outermost. */
export function documentSymbols(launchDocument: LaunchDocument): DocumentSymbol[] {
  const started = launchDocument.launches.filter(({ launch }) => !launch.isMention);
  const several = started.length > 1;
  return started.flatMap((judged, index) => {
    const written = judged.launch.arguments;
    const first = written[0];
    if (!first) return [];
    const span = around(written);
    return {
      name: launchName(judged, several ? index + 1 : undefined),
      detail: say("symbols.release", { release: judged.release.name }),
      kind: SymbolKind.Module,
      range: rangeOf(launchDocument.document, span),
      selectionRange: rangeOf(launchDocument.document, first.flagSpan),
      children: groupSymbols(launchDocument, judged, written),
    };
  });
}

function launchName(judged: JudgedLaunch, number: number | undefined): string {
  const name = aboutLaunch(judged);
  if (number === undefined) return name ? say("symbols.launch-named", { name }) : say("symbols.launch");
  return name ? say("symbols.numbered-named", { number, name }) : say("symbols.numbered", { number });
}

function groupSymbols(
  launchDocument: LaunchDocument,
  { release }: JudgedLaunch,
  written: readonly Argument[],
): DocumentSymbol[] {
  const { catalogue, document, settings } = launchDocument;
  const groups = new Map<string, Argument[]>();
  for (const argument of written) {
    const reading = readWord(argument.flag, release);
    const group = reading.kind === "flag" ? reading.flag.group : "";
    groups.set(group, [...(groups.get(group) ?? []), argument]);
  }
  return [...groups].map(([id, members]) => ({
    name:
      catalogue.groups.find((group) => group.id === id)?.title[settings.language] ??
      say("symbols.unknown-flags"),
    kind: SymbolKind.Namespace,
    range: rangeOf(document, around(members)),
    selectionRange: rangeOf(document, (members[0] as Argument).flagSpan),
    children: members.map((argument) => flagSymbol(launchDocument, argument)),
  }));
}

function flagSymbol({ document }: LaunchDocument, argument: Argument): DocumentSymbol {
  const value = argument.valueSource.replace(/\s+/g, " ").slice(0, 80);
  return {
    name: flagName(argument).trim() || "…",
    detail: argument.inherited ? say("symbols.merged", { value }) : value,
    kind: SymbolKind.Property,
    range: rangeOf(document, argument.span),
    selectionRange: rangeOf(document, argument.flagSpan),
  };
}

function around(written: readonly Argument[]): Span {
  return spanFrom(
    Math.min(...written.map(({ span }) => span.start)),
    Math.max(...written.map(({ span }) => span.end)),
  );
}

/** The same outline for a client without nested symbols: one entry for each flag. */
export function flatSymbols(
  symbols: readonly DocumentSymbol[],
  uri: string,
  containerName = "",
): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName && { containerName }) },
    ...flatSymbols(children ?? [], uri, name),
  ]);
}

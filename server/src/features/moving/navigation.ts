/** Definition, references and highlights of what is at an offset. */
import { type DocumentHighlight, DocumentHighlightKind, type Location } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { DeploymentOptions } from "../deployment/between";
import { nameAt } from "./occurrences";
import { callersAt, type Place, peersAt } from "./peers";

/** Where the name at an offset is set, or the launch that a flag there names. */
export function definition(
  launchDocument: LaunchDocument,
  offset: number,
  { deployments = [] }: DeploymentOptions = {},
): Location[] {
  const [first] = nameAt(launchDocument, offset)?.named.given ?? [];
  if (first) return [locationOf({ document: launchDocument, span: first })];
  return peersAt(launchDocument, offset, deployments).map(locationOf);
}

/** The places that use the name at an offset, or name the launch whose address is there. */
export function references(
  launchDocument: LaunchDocument,
  offset: number,
  withDeclaration: boolean,
  { deployments = [] }: DeploymentOptions = {},
): Location[] {
  const at = nameAt(launchDocument, offset);
  if (at) {
    const { given, used } = at.named;
    const spans = [...(withDeclaration ? given : []), ...used].sort((a, b) => a.start - b.start);
    return spans.map((span) => locationOf({ document: launchDocument, span }));
  }
  const peers = peersAt(launchDocument, offset, deployments);
  const [peer] = peers;
  if (peer) {
    const callers = callersAt(peer.document, peer.span.start, deployments);
    return [...(withDeclaration ? peers : []), ...callers].map(locationOf);
  }
  return callersAt(launchDocument, offset, deployments).map(locationOf);
}

/** The places of the name at an offset in the document. */
export function highlights(launchDocument: LaunchDocument, offset: number): DocumentHighlight[] {
  const at = nameAt(launchDocument, offset);
  if (!at) return [];
  const { document } = launchDocument;
  return [
    ...at.named.given.map((span) => ({ range: rangeOf(document, span), kind: DocumentHighlightKind.Write })),
    ...at.named.used.map((span) => ({ range: rangeOf(document, span), kind: DocumentHighlightKind.Read })),
  ];
}

function locationOf({ document, span }: Place): Location {
  return { uri: document.document.uri, range: rangeOf(document.document, span) };
}

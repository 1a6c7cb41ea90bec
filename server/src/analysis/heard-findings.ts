/** The findings of a document that are told: those that no comment silences. */
import type { Finding } from "../judgement/finding";
import type { LaunchDocument } from "./document";
import { silencedLine } from "./silenced-line";

/** All findings of a document that no comment silences, in the order of the text. */
export function heardFindings(launchDocument: LaunchDocument): Finding[] {
  const { launches, findings, directives, document } = launchDocument;
  const all = [...findings, ...launches.flatMap((launch) => launch.findings)];
  const offFile = new Set<string>();
  const offLine = new Map<number, readonly string[]>();
  for (const directive of directives) {
    if (directive.kind !== "disable-file" && directive.kind !== "disable-next-line") continue;
    const codes = directive.codes.map(({ code }) => code);
    if (directive.kind === "disable-file") for (const code of codes) offFile.add(code);
    else offLine.set(document.positionAt(directive.span.start).line + 1, codes);
  }
  const said = new Set<string>();
  return all
    .filter(({ code, span }) => {
      // Launches share what is exported above them; a fault there is said once.
      const place = `${code} ${span.start} ${span.end}`;
      if (said.has(place)) return false;
      said.add(place);
      if (offFile.has(code)) return false;
      if (offLine.size === 0) return true;
      const lines = [document.positionAt(span.start).line, silencedLine(launchDocument, span.start)];
      return !lines.some((line) => offLine.get(line)?.includes(code));
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

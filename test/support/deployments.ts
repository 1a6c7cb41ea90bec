/** Deployments of texts, for tests. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { NO_SURROUNDINGS } from "../../server/src/judgement/surroundings";
import { service } from "../../server/src/service";

/** Texts by their file names. */
export type Files = Readonly<Record<string, string>>;

/** The documents of texts, all in one folder; a file of Kubernetes without a launch is only beside the others. */
export function documentsOf(files: Files) {
  const all = Object.entries(files).map(([name, text]) => {
    const path = `/folder/${name}`;
    return { path, uri: `file://${path}`, text };
  });
  const surroundings = {
    ...NO_SURROUNDINGS,
    around: (own: string) => ({ beside: all.filter(({ uri }) => uri !== own), elsewhere: [] }),
  };
  return all.flatMap(({ uri, text }) => {
    const notation = service.notationOf("", uri, text);
    if (!notation && text.includes("kind:")) return [];
    if (!notation) throw new Error(`No notation reads ${uri}.`);
    const document = TextDocument.create(uri, notation.languageId, 0, text);
    const catalogue = service.shippedCatalogue();
    return service.analyse(document, notation, { language: "en" }, catalogue, { surroundings });
  });
}

/** The deployments of texts. */
export function deploymentsIn(files: Files, named?: Readonly<Record<string, readonly string[]>>) {
  return service.deploymentsOf(documentsOf(files), { named });
}

/** All findings between launches of texts: the code, and the text that is marked, with its file. */
export function saidBetween(files: Files): string[] {
  return deploymentsIn(files).flatMap(({ findings }) =>
    findings.map(({ code, variant, member, span }: { code: string; variant?: string } & FoundAt) => {
      const { document } = member.document;
      const marked = document.getText().slice(span.start, span.end).split("\n")[0];
      return `${code}${variant ? ` (${variant})` : ""} at ${document.uri.split("/").at(-1)}: ${marked}`;
    }),
  );
}

type FoundAt = ReturnType<typeof deploymentsIn>[number]["findings"][number];

/** The texts after the preferred fix of each finding, one after the other, until none is left. */
export function mended(files: Files): Files {
  let now = files;
  for (let round = 0; round < 10; round++) {
    const [fix] = deploymentsIn(now).flatMap((deployment) =>
      deployment.findings.flatMap((finding) =>
        service.deploymentFixes(deployment, finding).filter(({ preferred }) => preferred),
      ),
    );
    if (!fix) return now;
    const changed = { ...now };
    for (const { document, edits } of fix.edits)
      changed[document.document.uri.split("/").at(-1) ?? ""] = service.applyEdits(document.file.text, edits);
    now = changed;
  }
  return now;
}

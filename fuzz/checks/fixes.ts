/** Actions of the light bulb must have valid edits and solve a problem. */
import { isDeepStrictEqual } from "node:util";
import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import { type LaunchDocument, service } from "../../server/src/service";
import { type Case, fixAllOf } from "./case";
import type { Check, Failure } from "./check";
import { applied, editsOf, faultOfEdits, faultOfLineEnds } from "./places";

const { codeActions, reportedFindings } = service;

const SILENCE = /^Ignore '/;
const OTHER_RELEASE = /^Say that this launch is for /;
const ALL = /^Fix all /;

/** A title with names and values replaced. */
const titleForm = (title: string) => title.replace(/'[^']*'|\d+(\.\d+)?/g, "…").slice(0, 60);

const edits: Check = {
  name: "actions can be applied",
  area: "fixes",
  *check({ actions, document: { document }, text }) {
    const seen = new Set<string>();
    for (const action of actions) {
      const { title } = action;
      const of = titleForm(title);
      const fault = faultOfEdits(document, editsOf(action, document.uri));
      if (fault) yield { of, message: `In "${title}", ${fault}.` };
      if (title.trim() === "" || /[\r\n]/.test(title))
        yield { of, message: `The title ${JSON.stringify(title)} is empty or has several lines.` };
      const key = JSON.stringify([title, action.edit]);
      if (seen.has(key) && !ALL.test(title) && !SILENCE.test(title) && !OTHER_RELEASE.test(title))
        yield { of, message: `"${title}" is offered twice.` };
      seen.add(key);
      const length = editsOf(action, document.uri).reduce((sum, { newText }) => sum + newText.length, 0);
      if (length > growth(text, 1)) yield { of, message: `"${title}" writes ${length} characters.` };
    }
  },
};

/** Maximum growth of a text by the fixes of a number of findings. */
function growth(text: string, findings: number): number {
  return text.length + 2_000 + 600 * findings;
}

/** Number of findings by launch, code and flag. */
function counted(
  document: LaunchDocument,
  wanted: (finding: ReturnType<typeof reportedFindings>[number]) => boolean,
  findings: readonly ReturnType<typeof reportedFindings>[number][] = reportedFindings(document),
) {
  const counts = new Map<string, number>();
  for (const finding of findings.filter(wanted)) {
    const launch = document.launches.findIndex((one) => one.launch === finding.launch);
    const key = `${launch} ${finding.code} ${finding.flag ?? ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The first key whose number has grown. */
function more(before: Map<string, number>, after: Map<string, number>): string | undefined {
  return [...after].find(([key, count]) => count > (before.get(key) ?? 0))?.[0];
}

/**
 * Damage to a text that no fix may cause.
 *
 * @param ofWriting whether the fix corrects the notation: it may reveal a launch, if it does not add errors
 */
function harmOf(
  before: LaunchDocument,
  after: LaunchDocument | undefined,
  ofWriting: boolean,
): string | undefined {
  if (!after) return "the file is no longer read";
  // A problem that several launches share is reported once; here each counts, also if a problem of the notation hides it.
  const all = ({ launches, findings }: LaunchDocument) => [
    ...findings,
    ...launches.flatMap(({ launch, findings, hidden }) => [
      ...findings,
      ...hidden
        .filter(
          ({ code, flag, span }) =>
            !findings.some((one) => one.code === code && one.flag === flag && one.span.start === span.start),
        )
        .map((finding) => ({ ...finding, launch })),
    ]),
  ];
  const errors = (document: LaunchDocument) =>
    counted(document, ({ severity }) => severity === "error", all(document));
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((total, one) => total + one, 0);
  const [was, is] = [before.launches.length, after.launches.length];
  if (ofWriting && is > was && sum(errors(after)) <= sum(errors(before))) return undefined;
  if (is !== was) return `there are ${is} launches, not ${was}`;
  const fresh = more(errors(before), errors(after));
  return fresh && `there is a new error: ${fresh}`;
}

function kindOf(action: CodeAction): string {
  return (action.data as { kind?: string } | undefined)?.kind ?? "";
}

/** Only spellings are made in bulk; a value that we made up is never preferred, and one way at most is. */
const kinds: Check = {
  name: "the user decides",
  area: "fixes",
  *check({ actions, document }) {
    const preferred = new Map<string, number>();
    for (const { title, isPreferred, diagnostics = [], ...action } of actions) {
      if (!isPreferred) continue;
      if (kindOf({ title, ...action }) === "stand-in")
        yield { of: `stand-in ${titleForm(title)}`, message: `"${title}" is a stand-in and preferred.` };
      for (const diagnostic of diagnostics) {
        const key = JSON.stringify(diagnostic);
        preferred.set(key, (preferred.get(key) ?? 0) + 1);
        if (preferred.get(key) === 2)
          yield {
            of: `preferred ${diagnostic.code}`,
            message: `${diagnostic.code} has two preferred fixes.`,
          };
      }
    }
    const hasSpelling = [...service.allFixes(document).values()]
      .flat()
      .some(({ kind }) => kind === "spelling");
    if (!hasSpelling && fixAllOf(document))
      yield { of: "bulk", message: "Fix all is offered, although no fix is a spelling." };
  },
};

/** What is wrong with the line ends after a fix; a shell cannot read `\r\n`, and a fix corrects that. */
function lineEndsChanged(document: LaunchDocument, after: string): string | undefined {
  return reportedFindings(document).some(({ code }) => code === "shell-crlf")
    ? undefined
    : faultOfLineEnds(document.document.getText(), after);
}

const helps: Check = {
  name: "a fix helps and does no harm",
  area: "fixes",
  *check(asked) {
    const quick = asked.actions.filter(
      ({ kind, edit, title }) => kind === CodeActionKind.QuickFix && edit && !ALL.test(title),
    );
    for (const action of asked.some(quick, 3)) {
      const failure = faultOfFix(asked, action);
      if (failure) yield failure;
    }
  },
};

/** The rule that reports a value that we made up. */
const STAND_IN = "stand-in-value";

/** Whether nothing says that a value is made up; in documentation such values are correct. */
function lacksStandIn(document: LaunchDocument): boolean {
  return (
    document.notation.purpose !== "documentation" &&
    document.launches.every(({ findings }) => findings.every(({ code }) => code !== STAND_IN))
  );
}

function faultOfFix(asked: Case, action: CodeAction): Failure | undefined {
  const { document } = asked.document;
  const edits = editsOf(action, document.uri);
  if (faultOfEdits(document, edits)) return undefined;
  const text = applied(document, edits);
  const after = asked.reopen(text);
  const [diagnostic] = action.diagnostics ?? [];
  const finding = asked.findings[asked.diagnostics.findIndex((one) => isDeepStrictEqual(one, diagnostic))];
  const ofWriting = finding?.stage === "text";
  const code = String(diagnostic?.code);
  const of = `${code} ${titleForm(action.title)}`;
  const lineEnds = lineEndsChanged(asked.document, text);
  if (lineEnds)
    return { of: `line ends ${titleForm(action.title)}`, message: `After "${action.title}" ${lineEnds}.` };
  if (kindOf(action) === "stand-in" && after && lacksStandIn(after))
    return {
      of: `stand-in ${of}`,
      message: `After "${action.title}", no finding says that a value is missing.`,
    };
  const harm = harmOf(asked.document, after, ofWriting);
  const byRelease = OTHER_RELEASE.test(action.title);
  // Another release has other errors, and a stand-in is an error until it is replaced.
  const allowed = harm?.startsWith("there is a new error") && (byRelease || kindOf(action) === "stand-in");
  if (harm && !allowed) return { of, message: `After "${action.title}" of ${code} ${harm}.` };
  if (!finding || !after || byRelease) return undefined;
  const launch = asked.document.launches.findIndex((one) => one.launch === finding.launch);
  const key = `${launch} ${finding.code} ${finding.flag ?? ""}`;
  const count = (one: LaunchDocument) => counted(one, () => true).get(key) ?? 0;
  // A notation problem may hide the next one of its kind.
  return count(after) < count(asked.document) || (ofWriting && count(after) === count(asked.document))
    ? undefined
    : { of, message: `After "${action.title}" of ${code} its finding is still there.` };
}

/** Maximum number of "fix all" calls until nothing is left to fix. */
const MOST_ROUNDS = 4;

const settles: Check = {
  name: "fix all reaches a stable state",
  area: "fixes",
  *check(asked) {
    const { document, text, findings } = asked;
    let current: LaunchDocument | undefined = document;
    for (let round = 1; current; round++) {
      const action: CodeAction | undefined = fixAllOf(current);
      const edits = action ? editsOf(action, current.document.uri) : [];
      const fault = faultOfEdits(current.document, edits);
      if (fault) {
        yield { of: "edits", message: `In round ${round} of fix all, ${fault}.` };
        return;
      }
      const before = current.document.getText();
      const after = applied(current.document, edits);
      if (after === before) {
        if (edits.length > 0)
          yield { of: "nothing", message: `Fix all is offered in round ${round} and changes nothing.` };
        return;
      }
      if (round > 1) yield { of: "twice", message: `Fix all changes its own result, in round ${round}.` };
      if (round > MOST_ROUNDS) return;
      if (after.length > growth(text, findings.length)) {
        yield { of: "growth", message: `Fix all makes ${after.length} characters of ${text.length}.` };
        return;
      }
      const lineEnds = lineEndsChanged(current, after);
      if (lineEnds) yield { of: "line ends", message: `After fix all ${lineEnds}.` };
      const next = asked.reopen(after);
      const harm = harmOf(current, next, true);
      if (harm)
        yield { of: harm.replace(/\d+/g, "…"), message: `After fix all, in round ${round}, ${harm}.` };
      current = next;
    }
  },
};

/** An editor requests the actions of one place, not of all. */
const atPlaces: Check = {
  name: "actions can be requested at any place",
  area: "fixes",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(asked.now(0.2) ? 1 : 0)) {
      const position = document.positionAt(offset);
      const range = { start: position, end: position };
      for (const action of codeActions(asked.document, { range, diagnostics: [] })) {
        const fault = faultOfEdits(document, editsOf(action, document.uri));
        if (fault)
          yield { of: titleForm(action.title), message: `In "${action.title}" at ${offset}, ${fault}.` };
      }
    }
  },
};

export const FIXES: readonly Check[] = [edits, kinds, helps, settles, atPlaces];

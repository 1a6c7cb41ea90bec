/** The release of a launch: set by a comment and removed again; migration to another release. */
import type { WorkspaceEdit } from "vscode-languageserver-types";
import type { Release } from "../../server/src/catalogue";
import { type LaunchDocument, service } from "../../server/src/service";
import type { Case } from "./case";
import type { Check, Failure } from "./check";
import { applied, editsOf, faultOfEdits, faultOfLineEnds, faultOfRange } from "./places";
import { saidBy } from "./words";

const { nearestLaunch, offerMigration, releaseEdit, releaseReport } = service;

const named: Check = {
  name: "a comment names the release that judges",
  area: "releases",
  *check(asked) {
    const { document, catalogue } = asked.document;
    for (const offset of asked.offsets(asked.now(0.25) ? 1 : 0)) {
      const { name } = asked.random.pick(catalogue.releases);
      const edit = releaseEdit(asked.document, offset, name);
      const edits = edit && editsOf({ edit }, document.uri);
      const fault = edits && faultOfEdits(document, edits);
      if (fault) yield { of: "range", message: `In the comment that names ${name}, ${fault}.` };
      if (!edits || fault) continue;
      const index = nearestLaunch(asked.document, offset) ?? -1;
      const text = applied(document, edits);
      const lineEnds = faultOfLineEnds(asked.text, text);
      if (lineEnds) yield { of: "line ends", message: `After a comment names ${name}, ${lineEnds}.` };
      const after = asked.reopen(text);
      const changed = after && otherWords(asked.document, after);
      if (changed) yield { of: "words", message: `After a comment names ${name}, ${changed}.` };
      if (after?.launches.length !== asked.document.launches.length)
        yield {
          of: "launches",
          message: `After a comment names ${name}, there are ${after?.launches.length} launches, not ${asked.document.launches.length}.`,
        };
      else if (after.launches[index]?.chosen.release.name !== name)
        yield {
          of: "judge",
          message: `After a comment names ${name}, launch ${index} is judged by ${after.launches[index]?.chosen.release.name}.`,
        };
    }
  },
};

const unnamed: Check = {
  name: "the comments that name a release can be removed",
  area: "releases",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(asked.now(0.15) ? 1 : 0)) {
      const edit: WorkspaceEdit | undefined = releaseEdit(asked.document, offset, null);
      const edits = edit && editsOf({ edit }, document.uri);
      const fault = edits && faultOfEdits(document, edits);
      if (fault) yield { of: "range", message: `After the comment is removed, ${fault}.` };
      if (!edits || fault) continue;
      const after = asked.reopen(applied(document, edits));
      const index = nearestLaunch(asked.document, offset) ?? -1;
      const changed = after && otherWords(asked.document, after);
      if (changed) yield { of: "words", message: `After the comment is removed, ${changed}.` };
      // If a comment claims the file, its removal may remove the launch: `# lightllm: config` must stay.
      if (after?.launches.length !== asked.document.launches.length)
        yield {
          of: "launches",
          message: `After the comment is removed, there are ${after?.launches.length} launches, not ${asked.document.launches.length}.`,
        };
      else if (after.launches[index]?.chosen.reason === "modeline")
        yield {
          of: "modeline",
          message: `After the comment is removed, a comment still names the release.`,
        };
    }
  },
};

const reports: Check = {
  name: "the release can be reported",
  area: "releases",
  *check(asked) {
    for (const offset of asked.offsets(1)) {
      const report = releaseReport(asked.document, offset);
      const fault = report && faultOfRange(asked.document.document, report.launch);
      if (fault) yield { of: "range", message: `In the report on the release, ${fault}.` };
    }
  },
};

const migrates: Check = {
  name: "a migration can be applied",
  area: "releases",
  *check(asked) {
    const { document, catalogue, launches } = asked.document;
    for (const judged of asked.some(launches, asked.now(0.15) ? 1 : 0)) {
      const to = asked.random.pick(catalogue.releases);
      for (const annotated of asked.some([true, false], 1)) {
        const { edit } = offerMigration(asked.document, judged, to, annotated);
        const edits = edit ? editsOf({ edit }, document.uri) : [];
        const fault = faultOfEdits(document, edits);
        if (fault) yield { of: "edits", message: `In the migration to ${to.name}, ${fault}.` };
        else yield* faultsOfMigration(asked, launches.indexOf(judged), to, applied(document, edits));
      }
    }
  },
};

function* faultsOfMigration(asked: Case, index: number, to: Release, text: string): Iterable<Failure> {
  const { launches } = asked.document;
  const how = `After the migration to ${to.name}`;
  const after = asked.reopen(text);
  const lineEnds = faultOfLineEnds(asked.text, text);
  if (lineEnds) yield { of: "line ends", message: `${how}, ${lineEnds}.` };
  if (after?.launches.length !== launches.length) {
    yield {
      of: "launches",
      message: `${how}, there are ${after?.launches.length} launches, not ${launches.length}.`,
    };
    return;
  }
  const changed = otherWords(asked.document, after, index);
  if (changed) yield { of: "words", message: `${how} of launch ${index}, ${changed}.` };
  const migrated = after.launches[index];
  if (!migrated || migrated.chosen.release.name !== to.name) return;
  const again = offerMigration(after, migrated, to, false).edit;
  if (again) yield { of: "twice", message: `${how}, it is offered again: ${JSON.stringify(again.changes)}` };
}

/** The first launch, other than the edited one, that says something else. */
function otherWords(
  before: Pick<LaunchDocument, "launches">,
  after: Pick<LaunchDocument, "launches">,
  edited = -1,
): string | undefined {
  const [was, is] = [saidBy(before), saidBy(after)];
  const at =
    was.length === is.length ? was.findIndex((said, index) => index !== edited && said !== is[index]) : -1;
  return at < 0 ? undefined : `launch ${at} says ${is[at]}, not ${was[at]}`;
}

export const RELEASES: readonly Check[] = [named, unnamed, reports, migrates];

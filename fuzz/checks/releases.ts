/** The release of a launch: set by a comment and removed again; migration to another release. */
import type { WorkspaceEdit } from "vscode-languageserver-types";
import { service } from "../../server/src/service";
import type { Check } from "./check";
import { applied, editsOf, faultOfEdits, faultOfRange } from "./places";

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
      const after = asked.reopen(applied(document, edits));
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
        else {
          const after = asked.reopen(applied(document, edits));
          if (after?.launches.length !== launches.length)
            yield {
              of: "launches",
              message: `After the migration to ${to.name}, there are ${after?.launches.length} launches, not ${launches.length}.`,
            };
        }
      }
    }
  },
};

export const RELEASES: readonly Check[] = [named, unnamed, reports, migrates];

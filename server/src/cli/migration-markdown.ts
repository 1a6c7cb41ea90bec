/** The report of a migration as Markdown, for the comment of a pull request. */
import { type LaunchDocument, type Migration, onOneLine, service } from "../service";
import { say } from "./cli-texts";

/** A file whose launches are migrated. */
export interface MigratedLaunches {
  readonly path: string;
  readonly document: LaunchDocument;
  readonly migration: Migration;
}

/** What a comment of GitHub may have, in characters; longer patches are left to the command. */
const LONGEST_PATCH = 50_000;

/** A summary by change, the files, what a person must decide, and the patch. */
export function migrationMarkdown(
  to: string,
  files: readonly MigratedLaunches[],
  patches: readonly string[],
): string {
  const launches = files.flatMap(({ path, document, migration }) =>
    migration.launches.map((launch) => ({ path, document, launch })),
  );
  const refused = launches.filter(({ launch }) => !launch.accepted).length;
  const parts = [
    `## ${say("cli.migrate-title", { release: to })}`,
    say("cli.migrate-counts", { launches: launches.length, files: files.length, refused }),
  ];
  const done = counted(launches.flatMap(({ launch }) => launch.done));
  if (done.length > 0) parts.push(`### ${say("cli.migrate-done")}`, done.join("\n"));
  const open = launches.flatMap(({ path, document, launch }) => {
    const { line } = document.document.positionAt(service.headOf(launch.judged.launch).start);
    const said = [...launch.notes, ...launch.differences];
    if (said.length === 0 && launch.accepted) return [];
    const head = `- ${code(`${path}:${line + 1}`)} (${launch.from.name} → ${to})`;
    const verdict = launch.accepted ? "" : `: **${say("cli.migrate-verdict")}**`;
    return [`${head}${verdict}`, ...said.map((sentence) => `  - ${onOneLine(sentence)}`)];
  });
  if (open.length > 0) parts.push(`### ${say("cli.migrate-decide")}`, open.join("\n"));
  const patch = patches.join("");
  if (patch.length > LONGEST_PATCH) parts.push(say("cli.migrate-long", { release: to }));
  else if (patch !== "") {
    const longest = Math.max(2, ...[...patch.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    parts.push(
      `<details><summary>${say("cli.migrate-patch")}</summary>`,
      `${fence}diff\n${patch.trimEnd()}\n${fence}`,
      "</details>",
    );
  }
  return `${parts.join("\n\n")}\n`;
}

/** Sentences with their numbers, most frequent first. */
function counted(sentences: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const sentence of sentences) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([sentence, count]) => `- ${onOneLine(sentence)}${count > 1 ? ` (${count}×)` : ""}`);
}

function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence}${onOneLine(text)}${fence}`;
}

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
/** Limit for the places that are named for one sentence. */
const MOST_PLACES = 10;

/** A sentence, and a place where it holds. */
interface Said {
  readonly sentence: string;
  readonly place: string;
}

/**
 * A summary by flag, the launches that do not start, what a person must decide, what behaves differently, and the patch.
 *
 * @param between what the launches of several files no longer agree on, one sentence each.
 */
export function migrationMarkdown(
  to: string,
  files: readonly MigratedLaunches[],
  between: readonly string[],
  patches: readonly string[],
): string {
  const launches = files.flatMap(({ path, document, migration }) =>
    migration.launches.map((launch) => {
      const { line } = document.document.positionAt(service.headOf(launch.judged.launch).start);
      return { path, launch, place: code(`${path}:${line + 1}`) };
    }),
  );
  const refused = launches.filter(({ launch }) => !launch.accepted);
  const moved = new Set(launches.map(({ path }) => path)).size;
  const parts = [
    `## ${say("cli.migrate-title", { release: to })}`,
    say("cli.migrate-counts", { launches: launches.length, files: moved, refused: refused.length }),
  ];
  const add = (title: string, lines: readonly string[]) => {
    if (lines.length > 0) parts.push(`### ${title}`, lines.join("\n"));
  };
  const flags = byFlag(launches.flatMap(({ launch }) => launch.done));
  add(say("cli.migrate-done"), flags.length > 0 ? [...flagHead(), ...flags] : []);
  add(
    say("cli.migrate-not-starting", { release: to }),
    refused.flatMap(({ launch, place }) => [
      `- ${place} (${launch.from.name} → ${to})`,
      ...launch.notes.map((sentence) => `  - ${onOneLine(sentence)}`),
    ]),
  );
  const noted = launches.flatMap(({ launch, place }) =>
    launch.accepted ? launch.notes.map((sentence) => ({ sentence, place })) : [],
  );
  add(say("cli.migrate-decide"), [...bySentence(noted), ...between.map((line) => `- ${onOneLine(line)}`)]);
  const different = launches.flatMap(({ launch, place }) =>
    launch.differences.map((sentence) => ({ sentence, place })),
  );
  add(say("cli.migrate-behaves"), bySentence(different));
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

function flagHead(): string[] {
  const titles = [say("cli.migrate-flag"), say("cli.migrate-change"), say("cli.migrate-launches")];
  return [`| ${titles.join(" | ")} |`, "|---|---|---:|"];
}

/** Rows of a table: the changes with their numbers of launches, those of one flag together, frequent flags first. */
function byFlag(sentences: readonly string[]): string[] {
  const flags = new Map<string, Map<string, number>>();
  for (const sentence of sentences) {
    // Each begins with what is changed, in the words of the file: a config has flags without dashes.
    const [, flag = ""] = /`-{0,2}([^\s`]+)/.exec(sentence) ?? [];
    const counts = flags.get(flag) ?? new Map<string, number>();
    flags.set(flag, counts.set(sentence, (counts.get(sentence) ?? 0) + 1));
  }
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  return [...flags]
    .sort(([a, x], [b, y]) => sum(y) - sum(x) || (a < b ? -1 : 1))
    .flatMap(([flag, counts]) => {
      const name = code(/^[A-Z]/.test(flag) ? flag : `--${flag}`);
      return [...counts]
        .sort(([, x], [, y]) => y - x)
        .map(([sentence, count]) => `| ${cell(name)} | ${cell(onOneLine(sentence))} | ${count} |`);
    });
}

/** Items of a list: each sentence once, with the places where it holds. */
function bySentence(all: readonly Said[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const { sentence, place } of all) places.set(sentence, (places.get(sentence) ?? new Set()).add(place));
  return [...places].map(([sentence, at]) => {
    const named = [...at].slice(0, MOST_PLACES).join(", ");
    const more = at.size - MOST_PLACES;
    const where = more > 0 ? say("cli.migrate-places-more", { places: named, count: more }) : named;
    return `- ${onOneLine(sentence)}<br>${where}`;
  });
}

/** A text in a cell of a table. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence}${onOneLine(text)}${fence}`;
}

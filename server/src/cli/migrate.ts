/** `lightllm-config migrate`: migrates the launches of files to another release. */

import { relative } from "node:path";
import { type LaunchDocument, type Migration, onOneLine, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { colours } from "./colours";
import { deploymentsIn } from "./deployments";
import { gatherFiles } from "./gather/gather-files";
import { type MigratedLaunches, migrationMarkdown } from "./migration-markdown";
import { openFiles } from "./open-files";
import {
  askedNotation,
  CHANGES_OPTIONS,
  changesOf,
  choiceOf,
  NOTATION_OPTIONS,
  readOptions,
  releaseNamed,
  unknownInput,
  withRevision,
} from "./options";
import { complain, print, printEncoded } from "./output";
import { ownLightllm } from "./own-lightllm";
import { patchOf } from "./patch";
import { encoded, readTextFile, rewriteTextFile, type TextFile } from "./text-file";

/** Runs the subcommand. Returns 0 if the new release accepts every launch, 1 if it refuses one. */
export async function migrateFiles(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("migrate", withRevision(words), {
    from: { type: "string" },
    source: { type: "string" },
    to: { type: "string" },
    write: { type: "boolean" },
    "new-defaults": { type: "boolean" },
    comments: { type: "boolean" },
    format: { type: "string" },
    ...CHANGES_OPTIONS,
    ...NOTATION_OPTIONS,
  });
  const format = choiceOf("migrate", "format", values.format ?? "text", ["text", "markdown"]);
  const catalogue = service.shippedCatalogue();
  if (values.to === undefined) throw new CliError(say("cli.migrate-to"));
  const changes = changesOf("migrate", values);
  if (positionals.length === 0 && !changes) throw new CliError(say("cli.migrate-name-files"));
  const to = releaseNamed("migrate", values.to, catalogue);
  const from = values.from === undefined ? undefined : releaseNamed("migrate", values.from, catalogue);
  if (from && values.source !== undefined) throw new CliError(say("cli.migrate-from-or-source"));
  const asked = askedNotation("migrate", values);
  if (positionals.includes("-") && !asked) throw unknownInput("migrate");
  const source = from ? undefined : await ownLightllm("migrate", values.source);
  const options = { from, newDefaults: values["new-defaults"], comments: values.comments };
  const read: TextFile[] = [];
  const { named, found, unreadable } = await gatherFiles("migrate", positionals, changes);
  for (const { error } of unreadable) complain(`lightllm-config: ${onOneLine(error)}\n`);
  for (const path of named) read.push(await readTextFile("migrate", path));
  read.push(...found);
  const inputs = read.map((written) => ({ ...written, written, notation: asked }));
  const results = await openFiles(inputs, { source }, (file) => ({
    ...file,
    migration: file.document && service.migrate(file.document, file.document.launches, to, options),
  }));
  let refused = false;
  const others = new OtherFiles();
  const patches: string[] = [];
  const done: MigratedLaunches[] = [];
  for (const { path, text, written, document, migration } of results) {
    if (!document || !migration || document.launches.length === 0) {
      if (named.includes(path)) complain(`${say("cli.migrate-no-launch", { path: onOneLine(path) })}\n`);
      continue;
    }
    done.push({ path, document, migration });
    if (format === "text") complain(report(path, document, migration));
    refused ||= [...migration.launches, ...stayingIn(document, migration)].some(({ accepted }) => !accepted);
    for (const other of migration.files) others.add(other);
    if (!values.write) patches.push(patchOf(path, text, migration.text));
    else if (path === "-") printEncoded(migration.text, await encoded("migrate", written, migration.text));
    else if (migration.text !== text) await rewriteTextFile("migrate", written, migration.text);
  }
  for (const { path, text, migrated } of others.all()) {
    const name = relative(process.cwd(), path);
    if (!values.write) patches.push(patchOf(name, text, migrated));
    else {
      const written = await readTextFile("migrate", path);
      if (written.text === text) await rewriteTextFile("migrate", written, migrated);
      else complain(`${say("cli.migrate-file-differs", { path: onOneLine(name) })}\n`);
    }
  }
  const between = await brokenBetween(done, to);
  for (const line of between.lines) complain(`${plain(line)}\n`);
  if (format === "markdown") print(migrationMarkdown(to.name, done, between.lines, patches));
  else for (const patch of patches) print(patch);
  for (const path of others.contested())
    complain(`${say("cli.migrate-file-contested", { path: onOneLine(relative(process.cwd(), path)) })}\n`);
  return refused || between.fails ? 1 : 0;
}

/**
 * What the launches no longer agree on after they are migrated: those of several files, one line each, and whether any of
 * them fail together, as an error of `check` says.
 */
async function brokenBetween(
  done: readonly MigratedLaunches[],
  to: Release,
): Promise<{ lines: string[]; fails: boolean }> {
  const before = done.map(({ path, document }) => ({ path, analysed: document }));
  const after = done.map(({ path, document, migration }) => ({
    path,
    analysed: service.judgedAfterMigration(document, migration.text, to),
  }));
  const [then, now] = [await deploymentsIn(before), await deploymentsIn(after)];
  const news = service.newBetweenFiles(then.deployments, now.deployments);
  const lines = news
    .filter(({ member, others }) => others.some((other) => other.member.document !== member.document))
    .map(({ member, span, message }) => {
      const { document } = member.document;
      const { line } = document.positionAt(span.start);
      return say("cli.migrate-between", { path: document.uri, line: line + 1, problem: message });
    });
  return { lines, fails: news.some(({ severity }) => severity === "error") };
}

type OtherFile = Migration["files"][number];

/** The files that launches of several files name; one that they need in different forms is left as it is. */
class OtherFiles {
  private readonly byPath = new Map<string, OtherFile>();
  private readonly left = new Set<string>();

  add(file: OtherFile): void {
    const known = this.byPath.get(file.path);
    const both = known ? together(known, file) : file;
    if (!both) this.left.add(file.path);
    this.byPath.set(file.path, both ?? file);
  }

  all(): Migration["files"] {
    return [...this.byPath.values()].filter(({ path }) => !this.left.has(path));
  }

  contested(): readonly string[] {
    return [...this.left];
  }
}

/** A file with the changes of both; undefined if it has other forms in them. */
function together(a: OtherFile, b: OtherFile): OtherFile | undefined {
  if (a.migrated === b.migrated) return a;
  if (!a.changes || !b.changes) return undefined;
  const changes = [
    ...new Map([...a.changes, ...b.changes].map((change) => [change.span.start, change])).values(),
  ];
  return { ...a, changes, migrated: service.applyEdits(a.text, changes) };
}

/** The result for each launch of a file, as text. */
function report(path: string, launchDocument: LaunchDocument, migration: Migration): string {
  const { document } = launchDocument;
  const paint = colours(process.stderr);
  const lines: string[] = [];
  for (const { judged, from, done, notes, differences, accepted } of migration.launches) {
    const { line } = document.positionAt(service.headOf(judged.launch).start);
    const place = paint.bold(`${onOneLine(path)}:${line + 1}:`);
    lines.push(`${place} ${from.name} → ${migration.to.name}${accepted ? "" : say("cli.migrate-refused")}`);
    for (const sentence of done) lines.push(`  ${plain(sentence)}`);
    for (const sentence of notes)
      lines.push(`  ${paint.of("warning", say("cli.migrate-look"))} ${plain(sentence)}`);
    for (const sentence of differences)
      lines.push(`  ${paint.of("warning", say("cli.migrate-differs"))} ${plain(sentence)}`);
    if (done.length + notes.length === 0) lines.push(`  ${say("cli.migrate-nothing")}`);
  }
  const staying = stayingIn(launchDocument, migration);
  for (const { launch, findings } of staying.filter(({ accepted }) => !accepted)) {
    const { line } = document.positionAt(service.headOf(launch).start);
    const place = paint.bold(`${onOneLine(path)}:${line + 1}:`);
    lines.push(`${place} ${say("cli.migrate-staying-refused", { release: migration.to.name })}`);
    for (const { effect, message } of findings) if (effect === "refused") lines.push(`  ${plain(message)}`);
  }
  const count = staying.filter(({ accepted }) => accepted).length;
  if (count > 0)
    lines.push(
      `${paint.bold(`${onOneLine(path)}:`)} ${say("cli.migrate-staying", { count, release: migration.to.name })}`,
    );
  return `${lines.join("\n")}\n`;
}

/** The launches that are for the release already. */
function stayingIn({ launches }: LaunchDocument, migration: Migration): LaunchDocument["launches"] {
  return launches.filter((launch) => !migration.launches.some(({ judged }) => judged === launch));
}

function plain(markdown: string): string {
  return onOneLine(markdown.replaceAll("`", "'"));
}

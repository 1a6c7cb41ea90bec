/** Which rows of an effective configuration are shown, and the rows as text. */
import type { EffectiveAnswer } from "../../../server/src/lsp/protocol";

export type ShownLaunch = NonNullable<EffectiveAnswer>;
export type ShownGroup = ShownLaunch["groups"][number];
export type ShownRow = ShownGroup["rows"][number];

/** What is shown of a configuration. */
export interface Selection {
  /** Only what differs from the defaults. */
  readonly differing: boolean;
  /** Words that the name, the value or the origin must contain, in any case; empty for all. */
  readonly filter: string;
}

/** The groups with the rows that are shown, without empty groups. */
export function selectedGroups({ groups }: ShownLaunch, { differing, filter }: Selection): ShownGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = ({ name, value, why, differs }: ShownRow) => {
    const text = `${name} ${value} ${why}`.toLowerCase();
    return (differs || !differing) && words.every((word) => text.includes(word));
  };
  return groups
    .map(({ title, rows }) => ({ title, rows: rows.filter(isShown) }))
    .filter(({ rows }) => rows.length > 0);
}

/** The rows as a table in Markdown, under given titles of its columns. */
export function markdownTable(groups: readonly ShownGroup[], titles: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = (text: string) => text.replace(/[\\|]/g, "\\$&");
  const rows = groups.flatMap(({ rows }) => rows);
  return [
    line(titles),
    line(titles.map(() => "---")),
    ...rows.map(({ name, value, why }) => line([name, value, why].map(cell))),
    "",
  ].join("\n");
}

/** The values as lines, which are the same for the same values: for a comparison. */
export function comparableText({ groups }: ShownLaunch): string {
  return groups
    .map(({ title, rows }) =>
      [`# ${title}`, ...rows.map(({ name, value }) => `${name.replace(/^--/, "")}: ${value}`), ""].join("\n"),
    )
    .join("\n");
}

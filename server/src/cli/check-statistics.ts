/** `check --statistics`: how many findings of each rule there are. */
import { type CheckResult, fixesOfReported } from "./check-result";
import { say } from "./cli-texts";
import { colours } from "./colours";
import { tell } from "./output";

/** Prints the rules with their numbers of findings, most first. */
export function tellStatistics({ findings }: CheckResult): void {
  const byCode = new Map<
    string,
    { count: number; fixable: number; severity: "error" | "warning" | "hint" }
  >();
  for (const one of findings) {
    const { code, severity } = one.finding;
    const before = byCode.get(code) ?? { count: 0, fixable: 0, severity };
    const isFixable = fixesOfReported(one).length > 0;
    byCode.set(code, { ...before, count: before.count + 1, fixable: before.fixable + Number(isFixable) });
  }
  const rows = [...byCode].sort(([a, { count: x }], [b, { count: y }]) => y - x || (a < b ? -1 : 1));
  const width = String(rows[0]?.[1].count ?? 0).length;
  const lines = rows.map(([code, { count, fixable, severity }]) => {
    const said = fixable > 0 ? ` ${colours().dim(say("cli.check-fixable", { count: fixable }))}` : "";
    const word = colours().of(severity, say(`cli.severity-${severity}`));
    return `${String(count).padStart(width)}  ${word}  ${code}${said}`;
  });
  tell(
    `${[...lines, say("cli.check-statistics", { findings: findings.length, rules: rows.length })].join("\n")}\n`,
  );
}

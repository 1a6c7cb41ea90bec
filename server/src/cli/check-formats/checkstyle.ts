/** Checkstyle's XML, which many tools read. */
import { type CheckResult, plainText, rangeOfReported } from "../check-result";
import { print } from "../output";
import { xmlAttributes } from "./xml-text";

const SEVERITY = { error: "error", warning: "warning", hint: "info" } as const;

/** Prints a `file` for each file that was read, with its findings. */
export function printCheckstyle({ files, findings }: CheckResult): void {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">'];
  for (const { path, error } of files) {
    if (error !== undefined) continue;
    const own = findings.filter((one) => one.path === path);
    lines.push(`  <file${xmlAttributes({ name: path })}>`);
    for (const one of own) {
      const { start } = rangeOfReported(one);
      const { severity, message, code } = one.finding;
      const attributes = {
        line: start.line + 1,
        column: start.character + 1,
        severity: SEVERITY[severity],
        message: plainText(message),
        source: `lightllm-config.${code}`,
      };
      lines.push(`    <error${xmlAttributes(attributes)}/>`);
    }
    lines.push("  </file>");
  }
  lines.push("</checkstyle>");
  print(`${lines.join("\n")}\n`);
}

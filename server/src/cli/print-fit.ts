/** `lightllm-config fit`: what the launches of a file take of their GPUs. */
import { type FitReport, onOneLine, service } from "../service";
import { launchReport } from "./check-formats/check-json";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { colours } from "./colours";
import { FILE_OPTIONS, openLaunchFile } from "./launch-file";
import { choiceOf, readOptions } from "./options";
import { printJson, tell } from "./output";

const FORMATS = ["text", "json"] as const;

/**
 * Runs the subcommand. Returns 0 if every launch fits or that is not known, 1 if one does not fit. @throws CliError for
 * bad usage.
 */
export async function printFit(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("fit", words, {
    ...FILE_OPTIONS,
    format: { type: "string" },
    gpu: { type: "string" },
    gpus: { type: "string" },
    held: { type: "string" },
    model: { type: "string" },
  });
  const format = choiceOf("fit", "format", values.format ?? "text", FORMATS);
  const about = { gpu: gpuOf(values), held: heldOf(values.held), model: values.model };
  const { path, document, launches } = await openLaunchFile({
    subcommand: "fit",
    positionals,
    values,
    about,
  });
  const reports = launches.map((launch) => ({ launch, report: service.fitReport(launch) }));
  if (format === "json") {
    const all = reports.map(({ launch, report }) => ({
      ...launchReport(launch, document, () => true),
      ...(report && { fit: service.fitJson(report) }),
    }));
    printJson({ files: [{ path, launches: all, findings: [] }] });
  } else {
    const parts = reports.map(({ launch, report }) => {
      const { line } = document.document.positionAt(service.headOf(launch.launch).start);
      const place = `${onOneLine(path)}:${line + 1}`;
      return report ? textOf(place, report) : `${colours().bold(place)}\n  ${say("fit.no-language-model")}`;
    });
    tell(`${parts.join("\n\n")}\n`);
  }
  return reports.some(({ report }) => report?.fits === "no") ? 1 : 0;
}

/** `--gpu` and `--gpus` as one name. @throws CliError for a GPU that is not known. */
function gpuOf({
  gpu,
  gpus,
}: {
  readonly gpu?: string | undefined;
  readonly gpus?: string | undefined;
}): string | undefined {
  if (gpu === undefined) {
    if (gpus !== undefined) throw new CliError(say("cli.fit-gpus-alone"));
    return undefined;
  }
  const catalogue = service.shippedCatalogue();
  if (!service.readGpu(gpu, catalogue))
    throw new CliError(say("cli.fit-no-gpu", { gpu, known: service.gpuNames(catalogue).join(", ") }));
  if (gpus === undefined) return gpu;
  const both = `${gpu}x${gpus}`;
  if (!/^[1-9]\d*$/.test(gpus) || !service.readGpu(both, catalogue))
    throw new CliError(say("cli.fit-gpus", { gpus }));
  return both;
}

/** `--held` in bytes; a number without a unit is in MiB. @throws CliError for anything else. */
function heldOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const [, number, unit = "MiB"] = /^(\d+(?:\.\d+)?)\s*(B|MiB|GiB)?$/i.exec(written.trim()) ?? [];
  if (number === undefined) throw new CliError(say("cli.fit-held", { held: written }));
  const size = { b: 1, mib: 2 ** 20, gib: 2 ** 30 }[unit.toLowerCase()] ?? 1;
  return Math.round(Number(number) * size);
}

const SEVERITY = { no: "error", unknown: "warning" } as const;

function textOf(place: string, report: FitReport): string {
  const { bold, dim, of, change } = colours();
  const { gpu, facts, variants, here, terms } = service.fitTable(report);
  const { fits } = report;
  const word = say(`fit.fits-${fits}`);
  const painted = fits === "yes" ? change(`+${word}`).replace("+", "") : of(SEVERITY[fits], word);
  const reasons = report.reasons.map((reason) => onOneLine(reason.replaceAll("`", "'")));
  const head = [
    `${bold(place)}  ${dim([report.release, gpu].filter(Boolean).join(", "))}`,
    `  ${say("cli.fit-verdict", { word: painted })}${reasons.length > 0 ? ` – ${reasons.join("; ")}` : ""}`,
  ];
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  const lines = facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const table = columns(variants).map((line, index) =>
    index === 0 ? dim(`    ${line}`) : index === here ? bold(`  > ${line}`) : `    ${line}`,
  );
  const parts = columns(terms).map((line, index) => (index === 0 ? dim(`  ${line}`) : `  ${line}`));
  return [head, lines, table, parts]
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

/** Rows with cells of equal width. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => onOneLine(cell).padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** `lightllm-config render`: writes launches as the command, script or manifest that starts them. */
import { service } from "../service";
import { CliError } from "./cli-error";
import { FILE_OPTIONS, openLaunchFile, tellLeftOut, tellLost, whyRefused } from "./launch-file";
import { readOptions } from "./options";
import { complain, writeOutput } from "./output";

/** Runs the subcommand; 0: rendered, 1: LightLLM would refuse a launch. Bad usage throws a `CliError`. */
export async function render(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("render", words, {
    ...FILE_OPTIONS,
    as: { type: "string" },
    python: { type: "string" },
    output: { type: "string", short: "o" },
    force: { type: "boolean" },
  });
  const format = values.as ?? "command";
  if (!service.isFormat(format))
    throw new CliError(
      `render: there is no format '${format}'. Known: ${Object.keys(service.formats).join(", ")}`,
    );
  const { path, document, launches } = await openLaunchFile({ subcommand: "render", positionals, values });
  if (!values.force) {
    const reasons = whyRefused(path, document, launches);
    if (reasons.length > 0) {
      const what = launches.length === 1 ? "the launch" : "a launch";
      complain(`lightllm-config: render: LightLLM would refuse ${what}; --force renders it all the same\n`);
      complain(`${reasons.join("\n")}\n`);
      return 1;
    }
  }
  const text = service.convert(document, launches, format, { python: values.python });
  tellLost(path, document);
  tellLeftOut(
    "render",
    launches.flatMap((judged) => service.portableOf(document, judged) ?? []),
  );
  writeOutput("render", {
    output: values.output,
    inputs: [path],
    text,
    executable: service.formats[format].isProgram,
  });
  return 0;
}

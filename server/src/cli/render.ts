/** `lightllm-config render`: writes launches as the command, script or manifest that starts them. */

import { type FormatId, service } from "../service";
import { say } from "./cli-texts";
import { FILE_OPTIONS, openLaunchFile, tellLeftOut, tellLost, whyRefused } from "./launch-file";
import { byNewName, choiceOf, readOptions } from "./options";
import { complain, writeOutput } from "./output";

const FORMATS = Object.keys(service.formats) as FormatId[];

/** Runs the subcommand. Returns 0 if rendered, 1 if LightLLM would refuse a launch. @throws CliError for bad usage. */
export async function render(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("render", words, {
    ...FILE_OPTIONS,
    format: { type: "string" },
    as: { type: "string" },
    python: { type: "string" },
    output: { type: "string", short: "o" },
    force: { type: "boolean" },
  });
  const asked = byNewName("render", "format", values.format, values.as);
  const format = choiceOf("render", "format", asked ?? "command", FORMATS);
  const { path, document, launches } = await openLaunchFile({ subcommand: "render", positionals, values });
  if (!values.force) {
    const reasons = whyRefused(path, document, launches);
    if (reasons.length > 0) {
      complain(`lightllm-config: ${say("cli.render-refused", { count: launches.length })}\n`);
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

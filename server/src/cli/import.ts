/** `lightllm-config import`: converts launches in scripts and manifests to a YAML config. */

import { type PortableLaunch, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { tellLeftOut, tellLost } from "./launch-file";
import { type Input, openFiles } from "./open-files";
import { askedNotation, NOTATION_OPTIONS, readOptions, unknownInput } from "./options";
import { writeOutput } from "./output";
import { askedJudge } from "./own-lightllm";
import { readTextFile } from "./text-file";

/** Runs the subcommand. Returns 0 after an import. @throws CliError for bad usage. */
export async function importFiles(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("import", words, {
    ...NOTATION_OPTIONS,
    output: { type: "string", short: "o" },
    release: { type: "string" },
    source: { type: "string" },
  });
  if (positionals.length === 0) throw new CliError(say("cli.import-name-files"));
  const notation = askedNotation("import", values);
  if (positionals.includes("-") && !notation) throw unknownInput("import");
  const judge = await askedJudge("import", values);
  const inputs: Input[] = [];
  for (const path of positionals) inputs.push({ ...(await readTextFile("import", path)), notation });
  const files = await openFiles(inputs, judge, (file) => file);
  const launches: PortableLaunch[] = [];
  for (const { path, document } of files) {
    const found =
      document?.launches.flatMap((judged) =>
        judged.launch.isMention ? [] : (service.portableOf(document, judged) ?? []),
      ) ?? [];
    if (found.length === 0) throw new CliError(say("cli.import-no-launch", { path }));
    launches.push(...found);
    if (document) tellLost(path, document);
  }
  tellLeftOut("import", launches);
  const text = service.formats.yaml.write(launches);
  writeOutput("import", { output: values.output, inputs: positionals, text });
  return 0;
}

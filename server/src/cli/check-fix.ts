/** `check --fix` and `--diff`: writes what can be fixed, or shows it. */
import { service } from "../service";
import { type CheckInput, type CheckInputs, checkInputs } from "./check-input";
import { CliError } from "./cli-error";
import type { JudgeOptions } from "./open-files";
import { complain, print } from "./output";
import { patchOf } from "./patch";
import { rewriteTextFile } from "./text-file";

export interface FixOptions {
  /** Whether preferred choices are made, too. */
  readonly unsafe: boolean;
  /** Whether to print a diff instead of writing. */
  readonly diff: boolean;
}

/** The inputs as they are after the fixes. A file that cannot be written is named on standard error, and stays as it is. */
export async function fixFiles(
  { inputs, looked }: CheckInputs,
  options: JudgeOptions,
  { unsafe, diff }: FixOptions,
): Promise<CheckInputs & { readonly isUnwritten: boolean }> {
  let isUnwritten = false;
  const byPath = new Map<string, string>();
  for (const { path, analysed, written } of await checkInputs(inputs, options)) {
    if (!analysed || !written) continue;
    const text = service.fixedText(analysed, unsafe);
    if (text === written.text) continue;
    if (diff) print(patchOf(path, written.text, text));
    else {
      try {
        await rewriteTextFile("check", written, text);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        complain(`lightllm-config: ${error.message}\n`);
        isUnwritten = true;
        continue;
      }
    }
    byPath.set(path, text);
  }
  const fixed = inputs.map((input): CheckInput => {
    const text = byPath.get(input.path);
    if (text === undefined || !input.written) return input;
    return { ...input, text, written: { ...input.written, text } };
  });
  return { inputs: fixed, looked, isUnwritten };
}

/** The command line as a real process, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { program } from "./paths";

/** The environment of tests, without an active Python environment. */
const { VIRTUAL_ENV: _venv, CONDA_PREFIX: _conda, NO_COLOR: _plain, ...OUTER } = process.env;

export { OUTER };

/** A folder that is deleted after the tests of the file, with functions to write, read and run in it. */
export function terminal(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `lightllm-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    run(words: readonly string[], input = "", env: NodeJS.ProcessEnv = {}, cwd = folder) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
        cwd,
        encoding: "utf8",
        input,
        env: { ...OUTER, ...env },
      });
      return { status, stdout, stderr };
    },
    /** Writes a file; returns its name. */
    file(name: string, text: string): string {
      writeFileSync(join(folder, name), text);
      return name;
    },
    text(name: string): string {
      return readFileSync(join(folder, name), "utf8");
    },
  };
}

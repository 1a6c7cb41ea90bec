import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The tests of what is built: real processes, and the packages. Only they need what `npm run build` makes. */
const PROGRAMS = ["test/cli/**/*.test.ts", "test/protocol/**/*.test.ts", "test/packages/**/*.test.ts"];

/** Files that test thousands of recorded launches or texts. */
const LONGEST = ["migration", "migration-later", "cures", "notations-agree", "harmless", "round-trip"];

/** Starts the longest files first, so that at the end no worker is alone with one. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  resolve: { alias: { vscode: fileURLToPath(new URL("test/support/vscode.ts", import.meta.url)) } },
  test: {
    // How long a test takes depends on the machine. The limit only ends one that would never end.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
    // The first process only waits for the others.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "texts",
          // Loading the releases and the service takes longer than most tests: a worker does it once for all its files.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/editor/**", ...PROGRAMS],
        },
      },
      {
        extends: true,
        test: { name: "programs", include: PROGRAMS, globalSetup: ["test/support/build.ts"] },
      },
    ],
  },
});

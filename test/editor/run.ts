/** Runs all suites inside an extension host; the editor calls `run`, in the desktop and in the browser edition. */
import Mocha from "mocha";

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", reporter: "spec", color: false, timeout: 300_000 });
  const pattern = process.env.LIGHTLLM_CONFIG_TEST_GREP;
  if (pattern) mocha.grep(pattern);
  // Defines describe, it, before, … for the suites, which are part of this bundle.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  // First of all the one that watches the language server start.
  await import("./activation.test");
  await import("./mode.test");
  await import("./completion.test");
  await import("./hover.test");
  await import("./diagnostics.test");
  if (!process.env.LIGHTLLM_CONFIG_TEST_BRIEF) {
    await import("./quick-fixes.test");
    await import("./outline.test");
    await import("./launches.test");
    await import("./code-lenses.test");
    await import("./convert.test");
    await import("./settings.test");
    await import("./effective.test");
    await import("./deployments.test");
    await import("./beginning.test");
    await import("./moving.test");
    await import("./release.test");
    await import("./workspace-lightllm.test");
    await import("./restart.test");
  }

  const failed = await new Promise<number>((done) => {
    const runner = mocha.run((failures) => {
      console.log(`EDITOR-RESULT ${JSON.stringify({ passed: runner.stats?.passes ?? 0, failed: failures })}`);
      done(failures);
    });
    runner.on("fail", (test, { message }) => {
      const reason = message.length > 400 ? `${message.slice(0, 400)} …` : message;
      console.log(`EDITOR-FAILURE ${JSON.stringify({ test: test.fullTitle(), reason })}`);
    });
  });
  if (failed > 0) throw new Error(`${failed} ${failed === 1 ? "test" : "tests"} failed.`);
}

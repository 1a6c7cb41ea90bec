// @ts-check
// Makes the pictures of the walkthrough from the extension in the browser edition of VS Code: node scripts/walkthrough.mjs [step …]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { screenshot } from "./screenshot.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Time for lenses, colours and messages to arrive. */
const SETTLE_MS = 6_000;

/** @typedef {import("./screenshot.mjs").Steps} Steps */
/** @typedef {Parameters<Steps>[0]} Page */

/** @param {Page} page @param {string} command */
async function run(page, command) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input.input");
  await input.fill(`>${command}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: command }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Opens the example that the first step of the walkthrough opens. @param {Page} page */
async function openExample(page) {
  await run(page, "LightLLM: Open Example");
  await page.getByText("Qwen/Qwen3-8B").first().waitFor();
  await page.waitForTimeout(SETTLE_MS);
}

/** The line of `tp` in the example. */
const TP = lineOfTp();

function lineOfTp() {
  const words = ["new", "--model", "Qwen/Qwen3-8B", "--gpu", "H100x8"];
  const { stdout } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...words], { encoding: "utf8" });
  return stdout.split("\n").indexOf("tp: 8") + 1;
}

/** @type {Record<string, Steps>} */
const STEPS = {
  hover: async (page, { goTo, showHover }) => {
    await openExample(page);
    await goTo(TP, 2);
    await showHover();
  },
  fix: async (page, { goTo, type, quickFix }) => {
    await openExample(page);
    await goTo(TP, 6);
    await type("\nprot: 8000");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(SETTLE_MS);
    await goTo(TP + 1, 2);
    await quickFix();
  },
};

async function main() {
  const asked = process.argv.slice(2);
  const vsix = join(root, "dist/lightllm-config.vsix");
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing. Make it with "npm run package".`);
  const folder = join(root, "docs/images/walkthrough");
  mkdirSync(folder, { recursive: true });
  for (const [name, steps] of Object.entries(STEPS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const out = join(folder, `${name}.webp`);
    await screenshot({
      vsix,
      workspace: join(root, "examples"),
      file: "lightllm.yaml",
      width: 480,
      height: 280,
      quality: 0.2,
      settings: {
        "editor.fontSize": 11,

        "workbench.colorTheme": "Dark Modern",
        "editor.wordWrap": "on",
      },
      steps,
      out,
    });
    console.log(`Wrote ${out}`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

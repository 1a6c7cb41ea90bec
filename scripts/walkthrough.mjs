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

/** Moves the right edge of the side bar. @param {Page} page @param {number} to */
async function widenSideBar(page, to) {
  const box = await page.locator(".part.sidebar").boundingBox();
  if (!box) return;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(to, y, { steps: 5 });
  await page.mouse.up();
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
  open: async (page, { goTo }) => {
    await openExample(page);
    await goTo(TP, 1);
  },
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
  break: async (page, { goTo, type, waitFor }) => {
    await openExample(page);
    await goTo(TP, 6);
    await type("\nprot: 8000");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(SETTLE_MS);
    await goTo(TP, 1);
    await page.keyboard.press("F8");
    await waitFor(".marker-widget");
    await page.waitForTimeout(1_000);
  },
  runs: async (page, { goTo, waitFor }) => {
    await openExample(page);
    await goTo(TP, 1);
    await run(page, "LightLLM: Show Effective Configuration");
    await waitFor(".sidebar .monaco-list-row");
    await widenSideBar(page, 410);
    await run(page, "LightLLM: Show Only Values That Differ from the Defaults");
    await page.waitForTimeout(SETTLE_MS);
  },
  convert: async (page, { openFile }) => {
    await openFile(SCRIPT);
    await page.waitForTimeout(SETTLE_MS);
    await run(page, "LightLLM: Convert to YAML Config");
    await page.getByText("model_dir:").first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
  },
};

/** The pictures in which two things are side by side. */
const WIDE = ["runs", "convert"];

/** The script of the last step. */
const SCRIPT = "single-node-v1.1.0.sh";

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
      width: WIDE.includes(name) ? 720 : 480,
      height: WIDE.includes(name) ? 230 : 280,
      quality: 0.1,
      settings: {
        "editor.fontSize": 11,
        "workbench.colorTheme": "Dark Modern",
        "editor.wordWrap": WIDE.includes(name) ? "off" : "on",
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

// @ts-check
// Takes screenshots of the extension in the browser edition of VS Code. As a command it makes the picture of the
// README: node scripts/screenshot.mjs
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumArguments, findChromium } from "./editor/chromium.mjs";
import { cacheFolder } from "./editor/install.mjs";
import { serveWorkbench } from "./editor/serve.mjs";

/** Time limit for anything to appear. */
const DEADLINE_MS = 60_000;

/** Time limit for one attempt at a request that is answered only after the extension has started. */
const ATTEMPT_MS = 4_000;

/** How long a list that may be refilled must stay unchanged. */
const SETTLE_MS = 1_000;

/** Settings that hide everything but the code and what the extension shows in it. */
const onlyCode = {
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.hideCursorInOverviewRuler": true,
  "editor.minimap.enabled": false,
  "editor.scrollbar.horizontal": "hidden",
  "editor.scrollbar.vertical": "hidden",
  "editor.stickyScroll.enabled": false,
  "editor.wordBasedSuggestions": "off",
  "files.autoSave": "off",
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Light Modern",
  "workbench.editor.editorActionsLocation": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
};

/** Hides elements that no setting hides: notifications, and status bar entries of this edition. */
const style = `.notifications-toasts, [id="status.workbench.keyboardLayout"], [id="status.host"],
  .statusbar-item:has(.codicon-radio-tower) { display: none !important; }`;

/**
 * @callback Steps
 * @param {import("playwright-core").Page} page
 * @param {ReturnType<typeof helpersFor>} helpers
 * @returns {Promise<void>}
 */

/**
 * @typedef {object} ScreenshotOptions
 * @property {string} vsix the packaged extension
 * @property {string} workspace the folder to open
 * @property {string} file the file in it to show
 * @property {Steps} steps what to do once the file is open
 * @property {string} out the WebP file to write
 * @property {boolean} [trust] whether the folder is trusted, as it is unless said otherwise
 * @property {Record<string, unknown>} [settings] user settings, on top of those that leave the code only
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [quality] of the picture, from 0 to 1; every package has it, so small counts
 */

/**
 * Opens a file in a new editor, performs the steps, and saves a picture of the window.
 *
 * @param {ScreenshotOptions} options
 */
export async function screenshot(options) {
  const {
    vsix,
    workspace,
    file,
    steps,
    out,
    trust = true,
    width = 1280,
    height = 800,
    quality = 0.4,
  } = options;
  const executablePath = findChromium();
  const workbench = await serveWorkbench({
    extensionsToInstall: [vsix],
    trust,
    smokeTest: true,
    settings: { ...onlyCode, ...options.settings },
  });
  try {
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const browser = await chromium.launch({ executablePath, args: chromiumArguments, ...signals });
    try {
      const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
      page.setDefaultTimeout(DEADLINE_MS);
      await page.goto(workbench.url(workspace));
      await drive(page, file, steps);
      writeFileSync(out, await asWebp(browser, await page.screenshot({ animations: "disabled" }), quality));
    } finally {
      await browser.close();
    }
  } finally {
    await workbench.stop();
  }
}

/**
 * Converts a PNG to WebP, which needs less than half the space: the picture is in every package.
 *
 * @param {import("playwright-core").Browser} browser one that writes WebP @param {Buffer} png @param {number} quality
 */
async function asWebp(browser, png, quality) {
  // A separate page, because the editor's page blocks external pictures.
  const blank = await browser.newPage();
  const /** @type {string} */ url = await blank.evaluate(`(async () => {
      const picture = new Image();
      picture.src = "data:image/png;base64,${png.toString("base64")}";
      await picture.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return canvas.toDataURL("image/webp", ${quality});
    })()`);
  await blank.close();
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** @param {import("playwright-core").Page} page @param {string} file @param {Steps} steps */
async function drive(page, file, steps) {
  try {
    await page.waitForFunction("window.driver && window.driver.whenWorkbenchRestored().then(() => true)");
    await page.addStyleTag({ content: style });
    await hideSideBar(page);
    const helpers = helpersFor(page);
    await helpers.openFile(file);
    await steps(page, helpers);
  } catch (error) {
    const path = join(cacheFolder, "failures", `screenshot-${Date.now()}.png`);
    await page.screenshot({ path });
    throw new Error(`The steps failed; the editor's state is in ${path}`, {
      cause: error,
    });
  }
}

/** @param {import("playwright-core").Page} page */
async function hideSideBar(page) {
  const sideBar = page.locator(".part.sidebar");
  if (await sideBar.isVisible()) {
    await page.keyboard.press("ControlOrMeta+B");
    await sideBar.waitFor({ state: "hidden" });
  }
}

/**
 * User actions in the editor; each waits until its effect is visible.
 *
 * @param {import("playwright-core").Page} page
 */
function helpersFor(page) {
  /** Distinguishes an answer from the loading message. */
  const answered = ':not(:has-text("Loading..."))';

  /** Waits until an element is visible. @param {string} selector */
  const waitFor = (selector) => page.locator(selector).first().waitFor();

  /**
   * Presses keys until the result appears: a server that is still starting gives no answer.
   *
   * @param {string[]} keys
   * @param {string} selector
   * @param {string[]} reset the keys that close an empty answer
   */
  const pressUntil = async (keys, selector, reset = ["Escape"]) => {
    const end = Date.now() + DEADLINE_MS;
    const answer = page.locator(selector).first();
    while (!(await answer.isVisible())) {
      for (const key of keys) {
        await page.keyboard.press(key);
      }
      await answer.waitFor({ timeout: ATTEMPT_MS }).catch(async (error) => {
        if (Date.now() > end) {
          throw error;
        }
        for (const key of reset) {
          await page.keyboard.press(key);
        }
      });
    }
  };

  /** Fills in the input field that `key` opens, and accepts. */
  const quickInput = async (
    /** @type {string} */ key,
    /** @type {string} */ text,
    /** @type {string} */ row,
  ) => {
    await pressUntil([key], ".quick-input-widget input.input");
    await page.locator(".quick-input-widget input.input").fill(text);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  };

  return {
    waitFor,

    /** Opens a file by its name. */
    openFile: async (/** @type {string} */ name) => {
      await quickInput("ControlOrMeta+P", name, name);
      await waitFor(`.tab.active[data-resource-name="${name}"]`);
      await waitFor(".monaco-editor.focused .view-line");
    },

    /** Puts the cursor on a line and column, counted from 1. */
    goTo: async (/** @type {number} */ line, /** @type {number} */ column) => {
      await quickInput("Control+G", `:${line}:${column}`, "");
      await page.getByText(`Ln ${line}, Col ${column}`).first().waitFor();
    },

    /** Types like a user, so that the editor completes brackets, indents and suggests. */
    type: (/** @type {string} */ text) => page.keyboard.type(text),

    /** Opens the completion list with the details of the selected entry. */
    triggerSuggest: async () => {
      await pressUntil(["Control+Space"], ".suggest-widget.visible .monaco-list-row.focused");
      await pressUntil(["Control+Space"], `.suggest-details${answered}`, []);
    },

    /** Selects an entry of the open completion list, again if the list is refilled, until its details are visible. */
    selectSuggestion: async (/** @type {string} */ label) => {
      const selected = page.locator(".suggest-widget .monaco-list-row.focused", { hasText: label });
      const details = page.locator(`.suggest-details${answered}`, { hasText: label });
      const shows = async () => (await selected.isVisible()) && (await details.isVisible());
      const end = Date.now() + DEADLINE_MS;
      for (;;) {
        if (await shows()) {
          await page.waitForTimeout(SETTLE_MS);
          if (await shows()) {
            return;
          }
        }
        if (Date.now() > end) {
          throw new Error(`"${label}" could not be selected among the suggestions.`);
        }
        if (await selected.isVisible()) {
          await details.waitFor({ timeout: ATTEMPT_MS }).catch(() => {});
        } else {
          await page.keyboard.press("ArrowDown");
        }
      }
    },

    /** Shows the hover at the cursor. */
    showHover: () =>
      pressUntil(
        ["ControlOrMeta+K", "ControlOrMeta+I"],
        `.monaco-hover:not(.hidden) .hover-contents${answered}`,
      ),

    /** Opens the list of quick fixes at the cursor. */
    quickFix: () => pressUntil(["ControlOrMeta+Period"], ".action-widget .monaco-list-row.action"),
  };
}

async function main() {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  const vsix = join(root, "dist/lightllm-config.vsix");
  if (!existsSync(vsix)) {
    throw new Error(`${vsix} is missing. Make it with "npm run build" and "npm run package".`);
  }
  const workspace = join(root, "examples");
  const file = "deepseek-r1.lightllm.yaml";
  const out = join(root, "docs/images/editor.webp");
  mkdirSync(dirname(out), { recursive: true });
  const lines = readFileSync(join(workspace, file), "utf8").split("\n");
  const port = lines.findIndex((line) => line.startsWith("port:"));
  await screenshot({
    vsix,
    workspace,
    file,
    // GitHub shows pictures of a README about 900 pixels wide.
    width: 940,
    height: 490,
    quality: 0.15,
    settings: {
      "editor.fontSize": 13,
      "workbench.colorTheme": "Dark Modern",
    },
    steps: async (_page, { goTo, type, triggerSuggest, selectSuggestion }) => {
      await goTo(port + 1, (lines[port]?.length ?? 0) + 1);
      await type("\ngraph_");
      await triggerSuggest();
      await selectSuggestion("graph_max_batch_size");
    },
    out,
  });
  console.log(`Wrote ${out}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

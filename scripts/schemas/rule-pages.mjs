// @ts-check
/** Generates docs/rules/ from schemas/rules/: one page for each code, and an overview. */
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { loadTypeScript } from "../load-typescript.mjs";
import { languageOf, readRuleWords } from "./rule-words.mjs";
import { SourceError } from "./source-error.mjs";

/**
 * @typedef {import("./rule-words.mjs").RuleWords} RuleWords
 * @typedef {import("./rule-words.mjs").ExampleLanguage} ExampleLanguage
 * @typedef {import("./rule-words.mjs").Example} Example
 *
 * What the service says of an invalid example.
 * @typedef {{ severity: string, line: number, message: string,
 *   preferred: { title: string, text: string } | undefined }} Shown
 */

/** @type {Record<string, string>} */
const EFFECTS = {
  refused: "refused at start",
  "fails-later": "fails after the start",
  overridden: "silently overridden",
  ignored: "ignored",
  deprecated: "deprecated",
  suspicious: "accepted, but suspicious",
  unused: "not used",
  redundant: "redundant",
};

/** @type {Record<string, string>} */
const STAGES = {
  argparse: "LightLLM's argument parser",
  startup: "LightLLM's start-up code",
  subprocess: "a process that LightLLM starts",
  "model-load": "loading the model",
  runtime: "the running server",
  deployment: "the place where it runs, or its deployment",
  text: "reading the text",
};

/** @type {Record<string, string>} */
const NEEDS = {
  model: "Reported only if the `config.json` of the model can be read",
};

/**
 * The pages of all rules and the overview.
 * @param {string} root folder of the project
 * @returns {Promise<[string, string][]>} path and text of each page
 */
export async function rulePages(root) {
  const words = await readRuleWords(join(root, "schemas"));
  /** @type {typeof import("../../server/src/service")} */
  const { service } = await loadTypeScript(join(root, "server/src/service.ts"));
  const show = exampleJudge(service);
  const rules = [...words].map(([code, rule]) => ({
    code,
    rule,
    shown: rule.invalid.map((example, index) => show(code, languageOf(example, rule), example, index)),
  }));
  return [
    ...rules.map(({ code, rule, shown }) =>
      rulePage(code, rule, shown, (language) => service.notations[language].fence),
    ),
    overview(
      rules.map(({ code, rule }) => ({
        code,
        title: rule.title,
        effect: effectsOf(rule),
        stage: rule.stage,
      })),
    ),
  ];
}

/**
 * Returns a function that judges an invalid example like the extension.
 * @param {import("../../server/src/service").LanguageService} service
 */
function exampleJudge(service) {
  const catalogue = service.shippedCatalogue();

  /** @param {string} code @param {ExampleLanguage} language @param {Example} example @param {number} index @returns {Shown} */
  return (code, language, { text, model, weights, files }, index) => {
    const { ending, languageId } = service.notations[language];
    const document = TextDocument.create(`file:///launch${ending}`, languageId, 0, text);
    const notation = service.notationOf(languageId, document.uri, text) ?? service.notations[language];
    const isAlone = !model && !files;
    const config = model && JSON.stringify(model);
    const beside = isAlone ? undefined : { surroundings: service.withConfig(config, { weights, files }) };
    const analysed = service.analyse(document, notation, { language: "en" }, catalogue, beside);
    const own = service.reportedFindings(analysed).find((one) => one.code === code);
    const ofDeployment = service
      .deploymentsOf([analysed])
      .flatMap((deployment) => deployment.findings.map((finding) => ({ deployment, finding })))
      .find((one) => one.finding.code === code);
    const finding = own ?? ofDeployment?.finding;
    if (!finding)
      throw new SourceError(
        `schemas/rules/${code}.yaml: the invalid example ${index + 1} has no finding ${code}.`,
      );
    const preferred = own
      ? service.fixesOf(analysed, own).find((fix) => fix.preferred)
      : ofDeployment && fixOfDeployment(ofDeployment.deployment, ofDeployment.finding);
    return {
      severity: finding.severity,
      line: document.positionAt(finding.span.start).line + 1,
      message: finding.message,
      preferred: preferred && {
        title: preferred.title,
        text: service.applyEdits(text, preferred.edits),
      },
    };
  };

  /**
   * @param {import("../../server/src/service").Deployment} deployment
   * @param {import("../../server/src/service").DeploymentFinding} finding
   */
  function fixOfDeployment(deployment, finding) {
    const fix = service.deploymentFixes(deployment, finding).find(({ preferred }) => preferred);
    return fix && { title: fix.title, edits: fix.edits.flatMap(({ edits }) => edits) };
  }
}

/** The effects of a rule's findings, in words. @param {RuleWords} rule */
function effectsOf({ variants = {}, ...rule }) {
  return [rule, ...Object.values(variants)]
    .map(({ effect, severity }) => `${EFFECTS[effect] ?? effect} — ${severity}`)
    .join("; ");
}

/**
 * @param {string} code @param {RuleWords} rule @param {Shown[]} shown
 * @param {(language: ExampleLanguage) => string} fenceOf
 * @returns {[string, string]}
 */
function rulePage(code, rule, shown, fenceOf) {
  const fence = fenceOf(rule.language ?? "yaml");
  const fenceFor = (/** @type {Example} */ example) => fenceOf(languageOf(example, rule));
  const { title, stage, needs, what, why, fix, invalid, valid } = rule;
  const blocks = [
    `# ${title}`,
    `\`${code}\` · [all rules](README.md)`,
    `Effect: ${effectsOf(rule)}  \nStage: ${STAGES[stage] ?? stage}${needs ? `  \n${NEEDS[needs] ?? needs}` : ""}`,
    what.trim(),
    "## Why",
    why.trim(),
    "## How to fix",
    fix.trim(),
    "## Examples",
    ...invalid.flatMap((example, index) =>
      invalidExample(example, fenceFor(example), /** @type {Shown} */ (shown[index])),
    ),
    valid.length > 1 ? "These are fine:" : "This is fine:",
    ...valid.flatMap((example) => exampleBlocks(example, fenceFor(example))),
    "## How to silence",
    "On one line, by a comment on the line above it (above the whole command, where it goes over several lines):",
    block(`# lightllm: disable-next-line=${code}`, fence),
    "In the whole file:",
    block(`# lightllm: disable-file=${code}`, fence),
    "Silencing hides the message only; it changes nothing about what LightLLM does.",
    `<!-- Generated from schemas/rules/${code}.yaml by \`npm run schemas\`. Edit that file, not this one. -->`,
  ];
  return [`docs/rules/${code}.md`, `${blocks.join("\n\n")}\n`];
}

/** The text of an example, and the model it needs. @param {Example} example @param {string} fence @returns {string[]} */
function exampleBlocks({ text, model, weights, files = {} }, fence) {
  const blocks = [block(text, fence)];
  if (model)
    blocks.push("With this in the model's config.json:", block(JSON.stringify(model, null, 2), "json"));
  if (weights) blocks.push("With these weight files:", block(JSON.stringify(weights, null, 2), "json"));
  for (const [path, content] of Object.entries(files)) {
    if (content === null) blocks.push(`Without a file \`${path}\`.`);
    else if (typeof content === "string") blocks.push(`With this in \`${path}\`:`, block(content, ""));
    else blocks.push(`With this in \`${path}\`:`, block(JSON.stringify(content, null, 2), "json"));
  }
  return blocks;
}

/** @param {Example} example @param {string} fence @param {Shown} shown @returns {string[]} */
function invalidExample(example, fence, { severity, line, message, preferred }) {
  return [
    ...exampleBlocks(example, fence),
    `> Line ${line}, ${severity}: ${message}`,
    ...(preferred ? [`After the preferred fix, “${preferred.title}”:`, block(preferred.text, fence)] : []),
  ];
}

/** @param {string} text @param {string} fence the language of the block */
function block(text, fence) {
  // A carriage return is shown as in editors; the page itself has plain line ends.
  return `\`\`\`${fence}\n${text.replace(/\n$/, "").replaceAll("\r", "^M")}\n\`\`\``;
}

/** @param {{ code: string, title: string, effect: string, stage: string }[]} rules @returns {[string, string]} */
function overview(rules) {
  const blocks = [
    "<!-- Generated from schemas/rules/ by `npm run schemas`. Edit the files there, not this one. -->",
    "# Rules",
    "The problems that LightLLM Config reports, with the code that follows each message, in the order in which LightLLM would find them. The severity follows from the effect: an error prevents the start of the server, or ends it; a warning means that the server runs differently than written, or that the problem is not certain.",
    "A comment on the line above silences codes for one line, `# lightllm: disable-next-line=<code>[,<code>]`; `# lightllm: disable-file=<code>[,<code>]` anywhere silences them in the whole file.",
    ...Object.entries(CHAPTERS).flatMap(([stage, heading]) => {
      const own = rules.filter((rule) => rule.stage === stage);
      return own.length > 0 ? [`## ${heading}`, table(own)] : [];
    }),
  ];
  return ["docs/rules/README.md", `${blocks.join("\n\n")}\n`];
}

/** The chapters of the overview. @type {Record<string, string>} */
const CHAPTERS = {
  text: "The notation",
  argparse: "LightLLM's argument parser",
  startup: "LightLLM's start-up code",
  subprocess: "Processes that LightLLM starts",
  "model-load": "Loading the model",
  runtime: "The running server",
  deployment: "The place and the deployment",
};

/** @param {{ code: string, title: string, effect: string }[]} rules */
function table(rules) {
  return [
    "| Code | Title | Effect |",
    "|---|---|---|",
    ...rules.map(({ code, title, effect }) => `| [${code}](${code}.md) | ${title} | ${effect} |`),
  ].join("\n");
}

/** Rules about the weight files of a model, and the folders of MTP drafts. */
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { isList, type Value } from "../../python/values";
import type { ModelFolder } from "../model/folder";
import { summaryOf } from "../model/summary";
import { missingFiles, usedFiles, type WeightFile } from "../model/weights";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import { quoted, type RuleContext } from "./rule";
import { placeOfFlag } from "./site-common";

/** Run modes in which a process loads the whole model. */
const LOADING: ReadonlySet<unknown> = new Set(["normal", "prefill", "decode"]);

/** Maximum number of files that a message names. */
const MOST_FILES = 3;

/** The folder of the model, if this launch loads it. */
function modelOf({ values, surroundings }: SubjectOf<"files">): ModelFolder | undefined {
  const mode = values.effective("run_mode")?.value;
  const folder = values.effective("model_dir")?.value;
  if (!LOADING.has(mode) || folder === undefined || folder === null || folder === "") return undefined;
  return surroundings.model(folder);
}

const weightFileBroken = onEach("files", function* (subject, context) {
  const folder = modelOf(subject);
  const weights = folder?.kind === "folder" ? folder.files.weights : undefined;
  const broken = weights ? usedFiles(weights).filter((file) => file.broken !== undefined) : [];
  const [first] = broken;
  if (!first?.broken) return;
  const alike = broken.filter((file) => file.broken === first.broken);
  const names = namesOf(alike.map(({ name }) => name));
  const message = {
    pointer: () => say("files.weights-pointer", { names, count: alike.length }),
    header: () => say("files.weights-header", { names, count: alike.length }),
    short: () => say("files.weights-short", { names, count: alike.length }),
  } satisfies Record<NonNullable<WeightFile["broken"]>, () => string>;
  yield {
    flag: "--model_dir",
    message: message[first.broken](),
    span: placeOfFlag("model_dir", context),
    fixes: [],
  };
});

const weightFileMissing = onEach("files", function* (subject, context) {
  const folder = modelOf(subject);
  const weights = folder?.kind === "folder" ? folder.files.weights : undefined;
  // A folder without any weights holds a copy of the config only; the weights are where the launch runs.
  const hasSome = weights?.index && weights.files.some(({ name }) => weights.index?.files.includes(name));
  const missing = hasSome ? missingFiles(weights) : [];
  if (missing.length === 0) return;
  const message = say("files.weights-missing", { names: namesOf(missing), count: missing.length });
  yield { flag: "--model_dir", message, span: placeOfFlag("model_dir", context), fixes: [] };
});

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_FILES).map((name) => quoted(name));
  return names.length > MOST_FILES ? `${shown.join(", ")}, …` : shown.join(", ");
}

/** The types of drafts by the end of the mode (`init_mtp_draft_model` in `base_backend.py`, v1.2.0 and later). */
const DRAFTS: Readonly<Record<string, readonly string[]>> = {
  with_att: ["deepseek_v3", "glm4_moe_lite", "qwen3_5", "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text"],
  no_att: ["qwen3_moe", "mistral"],
};

/** The architecture of a draft up to v1.1.0, where its type is `deepseek_v3`. */
const OLD_DRAFT = "DeepseekV3ForCausalLMNextN";

const mtpDraftFolder = onEach("files", function* (subject, context) {
  const { values } = subject;
  const main = modelOf(subject);
  const mode = values.effective("mtp_mode")?.value;
  const step = values.effective("mtp_step")?.value;
  if (!main || typeof mode !== "string" || typeof step !== "bigint" || step < 1n) return;
  const span = placeOfFlag("mtp_draft_model_dir", context);
  for (const draft of draftsOf(subject, mode, Number(step))) {
    const summary = summaryOf(subject.surroundings.model(draft));
    if (!summary) continue;
    const message =
      typeFault(summary.type, summary.architecture, mode, context) ??
      sizeFault(draft, summaryOf(main), summary) ??
      cacheFault(draft, mode, summaryOf(main), summary);
    if (message === undefined) continue;
    yield { flag: "--mtp_draft_model_dir", message, span, fixes: [] };
    return;
  }
});

/** The folders of drafts that are loaded, without the model's own. */
function draftsOf({ values }: SubjectOf<"files">, mode: string, step: number): string[] {
  const written = values.effective("mtp_draft_model_dir")?.value;
  const own = values.effective("model_dir")?.value;
  const folders: readonly Value[] = isList(written ?? null)
    ? (written as readonly Value[])
    : [written ?? null];
  const loaded = mode.startsWith("eagle") ? folders.slice(0, 1) : folders.slice(0, step);
  return [...new Set(loaded)].filter(
    (one): one is string => typeof one === "string" && one !== "" && one !== own,
  );
}

function typeFault(
  type = "",
  architecture: string | undefined,
  mode: string,
  { release, catalogue }: RuleContext,
): string | undefined {
  const isNew = release.date >= (catalogue.release("v1.2.0")?.date ?? "");
  if (!isNew) {
    const isOne = type === "deepseek_v3" && (architecture === undefined || architecture === OLD_DRAFT);
    return isOne ? undefined : say("files.draft-old", { type: shortened(type), architecture: OLD_DRAFT });
  }
  const ending = mode.endsWith("_no_att") ? "no_att" : "with_att";
  if (DRAFTS[ending]?.includes(type)) return undefined;
  const other = Object.keys(DRAFTS).find((one) => DRAFTS[one]?.includes(type));
  return other
    ? say("files.draft-mode", { type, mode, other: `*_${other}` })
    : say("files.draft-type", { type: shortened(type) });
}

/** The draft gets the model's hidden states and uses its embedding. */
function sizeFault(
  draft: string,
  main: ReturnType<typeof summaryOf>,
  { hiddenSize, vocabulary }: NonNullable<ReturnType<typeof summaryOf>>,
): string | undefined {
  const folder = quoted(draft);
  if (main?.hiddenSize && hiddenSize && main.hiddenSize !== hiddenSize)
    return say("files.draft-hidden", { folder, size: hiddenSize, main: main.hiddenSize });
  if (main?.vocabulary && vocabulary && main.vocabulary !== vocabulary)
    return say("files.draft-vocabulary", { folder, size: vocabulary, main: main.vocabulary });
  return undefined;
}

/** A draft with attention writes its keys and values into the kv cache of the model, whose layers have one shape. */
function cacheFault(draft: string, mode: string, main: Summary, summary: Summary): string | undefined {
  const sizes = [main, summary].map(cellOf);
  if (!mode.endsWith("_with_att") || sizes.includes(undefined) || sizes[0] === sizes[1]) return undefined;
  return say("files.draft-cache", { folder: quoted(draft), size: sizes[1] ?? 0, main: sizes[0] ?? 0 });
}

/** The elements of the kv cache of one token and layer. */
function cellOf(summary: Summary): number | undefined {
  if (summary?.latentSize) return summary.latentSize;
  return summary?.kvHeads && summary.headSize ? 2 * summary.kvHeads * summary.headSize : undefined;
}

type Summary = ReturnType<typeof summaryOf>;

export const rules = {
  "weight-file-broken": weightFileBroken,
  "weight-file-missing": weightFileMissing,
  "mtp-draft-folder": mtpDraftFolder,
} satisfies DetectorsIn<"judgement/rules/model-files.ts">;

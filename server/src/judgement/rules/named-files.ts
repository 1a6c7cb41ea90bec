/** Rules about other files that a launch names: that they exist, and what LightLLM reads in them. */
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { JsonError, readJson } from "../../python/json";
import { isList, isMapping, type Mapping, show, type Value } from "../../python/values";
import { modelFact } from "../model/facts";
import { summaryOf } from "../model/summary";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import { templateFault } from "./jinja";
import { alternatives, quoted, type RuleContext } from "./rule";
import { argumentFor, placeOfFlag } from "./site-common";

type Files = SubjectOf<"files">;

/** The flags that name files which LightLLM opens, and the condition for it that is not a rule of its own. */
const FILE_FLAGS = [
  "quant_cfg",
  "vit_quant_cfg",
  "ep_redundancy_expert_config_path",
  "kv_quant_calibration_config_path",
  "hypercorn_config",
  "chat_template",
];

function pathOf({ values }: Files, key: string): string | undefined {
  const value = values.effective(key)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

const fileMissing = onEach<"files", "elsewhere">("files", function* (subject, context) {
  for (const key of FILE_FLAGS) {
    const path = pathOf(subject, key);
    if (path === undefined || !argumentFor(key, context.launch, context.release)) continue;
    const presence = subject.surroundings.presence?.(path) ?? "unknown";
    if (presence === "unknown") continue;
    const about = { flag: `--${key}`, span: placeOfFlag(key, context), fixes: [] };
    const file = quoted(path);
    if (presence === "missing") yield { ...about, message: say("files.missing", { file }) };
    else yield { ...about, message: say("files.not-here", { file }), variant: "elsewhere" };
  }
});

/** The value of a JSON file that a flag names; a report if it is no object. */
function jsonOf(subject: Files, key: string, context: RuleContext) {
  const path = pathOf(subject, key);
  const file = path === undefined ? undefined : subject.surroundings.file?.(path);
  if (path === undefined || !file) return undefined;
  const report = (message: string) => ({
    flag: `--${key}`,
    message,
    span: placeOfFlag(key, context),
    fixes: [],
  });
  const name = quoted(path);
  try {
    const value = readJson(file.text);
    if (isMapping(value)) return { name, value, report };
    return { name, report, fault: report(say("files.no-object", { file: name })) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return {
      name,
      report,
      fault: report(say("files.no-json", { file: name })),
    };
  }
}

function modelOf({ values, surroundings }: Files) {
  const folder = values.effective("model_dir")?.value;
  return folder === undefined || folder === null || folder === "" ? undefined : surroundings.model(folder);
}

/**
 * How the release reads the file of redundant experts, which it opens for layers with experts only: `ids` are the lists
 * that expert parallelism copies, and `isNone` says that without it there must be none. Undefined if it is not read, or not known to be.
 */
function redundancyReading({ values }: Files, experts: number | undefined, isNew: boolean) {
  if (experts === undefined) return undefined;
  const isEp = isNew
    ? values.effective("enable_ep_moe")?.value === true
    : values.environment("MOE_MODE") === "EP";
  if (isNew) return { ids: isEp, isOneRefused: true, isNone: !isEp };
  return isEp ? { ids: true, isOneRefused: false, isNone: false } : undefined;
}

const redundancyFile = onEach<"files", "unused">("files", function* (subject, context) {
  const read = jsonOf(subject, "ep_redundancy_expert_config_path", context);
  if (!read) return;
  const model = modelOf(subject);
  const summary = model && summaryOf(model);
  const isNew = context.release.date >= (context.catalogue.release("v1.2.0")?.date ?? "");
  const reading = redundancyReading(subject, summary?.experts, isNew);
  if (!reading) return;
  if (read.fault) {
    yield read.fault;
    return;
  }
  const { name, value, report } = read;
  const number = value.redundancy_expert_num ?? 0n;
  if (typeof number !== "bigint")
    yield report(say("files.redundancy-number", { file: name, value: shown(number) }));
  else if (number === 1n && reading.isOneRefused) yield report(say("files.redundancy-one", { file: name }));
  else if (number > 0n && reading.isNone) {
    yield report(say("files.redundancy-without-ep", { file: name, value: shown(number) }));
    return;
  }
  // From v1.2.0 on the experts of the lists are only loaded if there is a number of them.
  const areLoaded = reading.ids && !(isNew && number === 0n);
  for (const [key, ids] of Object.entries(value)) {
    if (key === "redundancy_expert_num") continue;
    const fault = expertsFault(key, ids, number, name, summary?.experts, areLoaded);
    if (fault !== undefined) {
      yield report(fault);
      return;
    }
    const isLayer = key === "default" || /^(?:0|[1-9]\d*)$/.test(key);
    const isBeyond = summary?.layers !== undefined && Number(key) >= summary.layers;
    if (isLayer && !isBeyond) continue;
    const layer = quoted(key);
    const message = isLayer
      ? say("files.redundancy-layer", { file: name, layer, layers: summary?.layers ?? 0 })
      : say("files.redundancy-key", { file: name, key: layer });
    yield { ...report(message), variant: "unused" };
    return;
  }
});

function expertsFault(
  key: string,
  ids: Value | undefined,
  number: Value,
  file: string,
  experts: number | undefined,
  areLoaded: boolean,
) {
  const layer = quoted(key);
  if (!isList(ids ?? null)) return say("files.redundancy-no-list", { file, layer });
  const list = ids as readonly Value[];
  const isOutside = (id: bigint) =>
    areLoaded && (id < 0n || (experts !== undefined && id >= BigInt(experts)));
  const wrong = list.find((id) => typeof id !== "bigint" || isOutside(id));
  if (wrong !== undefined)
    return experts === undefined
      ? say("files.redundancy-no-id", { file, layer, id: shown(wrong) })
      : say("files.redundancy-id", { file, layer, id: shown(wrong), experts });
  if (areLoaded && typeof number === "bigint" && BigInt(list.length) !== number)
    return say("files.redundancy-count", { file, layer, count: list.length, number: Number(number) });
  return undefined;
}

/** The limits of float8_e4m3fn, which the file has to repeat. */
const LIMITS = { qmin: -448, qmax: 448 } as const;
const REQUIRED = [
  "qmin",
  "qmax",
  "architectures",
  "num_layers",
  "num_head",
  "quant_type",
  "scales_shape",
  "scales",
];

const calibrationFile = onEach("files", function* (subject, context) {
  const { values } = subject;
  const type = values.effective("llm_kv_type")?.value;
  const modes = values.effective("mode")?.value;
  const isOld = isList(modes ?? null) && (modes as readonly Value[]).includes("offline_calibration_fp8kv");
  if (!isOld && type !== "fp8kv_sph" && type !== "fp8kv_spt") return;
  const read = jsonOf(subject, "kv_quant_calibration_config_path", context);
  if (!read) return;
  if (read.fault) {
    yield read.fault;
    return;
  }
  const fa3 = values.effective("enable_fa3")?.value;
  const wanted = isOld ? (typeof fa3 === "boolean" ? kindOf(fa3) : undefined) : kindOf(type === "fp8kv_sph");
  const fault = calibrationFault(read.value, read.name, wanted, isOld, subject, context);
  if (fault !== undefined) yield read.report(fault);
});

function kindOf(perHead: boolean): string {
  return perHead ? "per_head" : "per_tensor";
}

function calibrationFault(
  config: Mapping,
  file: string,
  wanted: string | undefined,
  isOld: boolean,
  subject: Files,
  { catalogue, release }: RuleContext,
): string | undefined {
  const needed = wanted === "per_tensor" && !isOld ? REQUIRED.filter((key) => key !== "num_head") : REQUIRED;
  const missing = needed.find((key) => !Object.hasOwn(config, key));
  if (missing !== undefined) return say("files.calibration-key", { file, key: missing });
  const differs = (key: string, now: string) =>
    say("files.calibration-differs", { file, key, value: shown(config[key] ?? null), now });
  for (const [key, limit] of Object.entries(LIMITS))
    if (Number(config[key]) !== limit) return differs(key, `\`${limit}.0\``);
  if (wanted !== undefined && config.quant_type !== wanted) return differs("quant_type", `\`${wanted}\``);
  const model = modelOf(subject);
  const architecture = model && modelFact("architecture", model, catalogue.modelFacts(release));
  if (typeof architecture === "string" && config.architectures !== architecture)
    return differs("architectures", quoted(architecture));
  const summary = model && summaryOf(model);
  const hasDrafts = subject.values.effective("mtp_mode")?.value;
  const { num_layers: layers, num_head: heads, scales_shape: shape, scales } = config;
  if (summary?.layers !== undefined && hasDrafts === null && Number(layers) !== summary.layers)
    return differs("num_layers", `\`${summary.layers}\``);
  const width = wanted === "per_tensor" ? 2 : 2 * Number(heads);
  const isShaped =
    isList(shape ?? null) && shown(shape ?? null, "") === `[${shown(layers ?? null, "")}, ${width}]`;
  if (wanted !== undefined && !isShaped)
    return differs("scales_shape", `\`[${shown(layers ?? null, "")}, ${width}]\``);
  return sizeOf(scales ?? null) === Number(layers) * width || wanted === undefined
    ? undefined
    : say("files.calibration-scales", {
        file,
        count: sizeOf(scales ?? null),
        needed: Number(layers) * width,
      });
}

/** The number of values in nested lists. */
function sizeOf(value: Value): number {
  return isList(value) ? value.reduce<number>((sum, one) => sum + sizeOf(one), 0) : 1;
}

function shown(value: Value, sign = "`"): string {
  const text = isList(value) ? `[${value.map((one) => show(one)).join(", ")}]` : show(value);
  return `${sign}${shortened(text)}${sign}`;
}

const chatTemplate = onEach("files", function* (subject, context) {
  const path = pathOf(subject, "chat_template");
  const file = path === undefined ? undefined : subject.surroundings.file?.(path);
  const fault = file && templateFault(file.text);
  if (path === undefined || !fault) return;
  const about = { file: quoted(path), line: fault.line, tag: quoted(fault.tag) };
  const message =
    fault.kind === "open"
      ? say("files.template-open", about)
      : fault.kind === "unopened"
        ? say("files.template-unopened", about)
        : say("files.template-wrong-end", { ...about, end: alternatives([fault.expected ?? ""]) });
  yield { flag: "--chat_template", message, span: placeOfFlag("chat_template", context), fixes: [] };
});

export const rules = {
  "named-file-missing": fileMissing,
  "redundancy-file": redundancyFile,
  "kv-calibration-file": calibrationFile,
  "chat-template-syntax": chatTemplate,
} satisfies DetectorsIn<"judgement/rules/named-files.ts">;

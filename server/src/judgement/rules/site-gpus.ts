/** Rules about GPUs: fewer than a launch uses, or more. */
import { type EnvironmentVariable, type Span, spanFrom } from "../../launch/launch";
import type { GivenGpus } from "../../launch/site";
import { say } from "../../messages";
import type { PlainReport } from "../finding";
import { countOf, type UsedGpus, usedGpus } from "../site-needs";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import type { RuleContext } from "./rule";
import { quoted, written, writtenName } from "./rule";
import { argumentFor, changeText, flagText, placeOfFlag, relatedAt, setFlag } from "./site-common";

/** The GPUs that a launch sees. */
interface Visible {
  /** The most that it may see. */
  readonly count: number;
  /** Whether it certainly sees all of these. */
  readonly isExact: boolean;
  readonly words: string;
  readonly spans: readonly Span[];
  /** The givers that limit it, and the variable that does. */
  readonly given: readonly GivenGpus[];
  readonly variable?: EnvironmentVariable;
}

const CUDA = "CUDA_VISIBLE_DEVICES";
const CONTAINER_LIST = "NVIDIA_VISIBLE_DEVICES";
/** No machine has more GPUs. */
const MOST_GPUS = 64;

/** 0, 1, 2 and so on. */
function numbersBelow(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}

function visibleTo({ site }: SubjectOf<"site">, { launch }: RuleContext): Visible | undefined {
  const variable = launch.environment.findLast(({ name }) => name === CUDA);
  const list = variable && listOf(variable, /^\d+$/);
  const given = givenTo(site, launch.environment);
  const limit = given.length > 0 ? Math.min(...given.map(({ count }) => count)) : undefined;
  if (variable && list) {
    const usable = usableOf(list, limit);
    if (limit === undefined || usable < limit || list.length <= limit) {
      const isCut = usable < list.length && limit !== undefined;
      const words = isCut
        ? say("site.shows-of", { name: `\`${CUDA}\``, count: usable })
        : say("site.shows", { name: `\`${CUDA}\``, count: usable });
      return { count: usable, isExact: true, words, spans: [variable.value.span], given: [], variable };
    }
  }
  if (limit === undefined) return undefined;
  const limiting = given.filter(({ count }) => count === limit);
  const [first] = limiting;
  return {
    count: limit,
    isExact:
      variable === undefined && !site.hasUnknownVariables && given.every(({ count }) => count === limit),
    words: say("site.gives", { by: `\`${first?.by ?? ""}\``, count: limit }),
    spans: limiting.map(({ span }) => span),
    given: limiting,
  };
}

/** The GPUs of the container or job; if the file gives none, those that `NVIDIA_VISIBLE_DEVICES` names. */
function givenTo(
  { gpus, kind }: SubjectOf<"site">["site"],
  environment: readonly EnvironmentVariable[],
): readonly GivenGpus[] {
  const variable = environment.findLast(({ name }) => name === CONTAINER_LIST);
  const list =
    variable && gpus.length === 0 && kind !== "job" ? listOf(variable, /^(?:\d+|GPU-[\w-]+)$/) : undefined;
  if (!variable || !list || list.length === 0) return gpus;
  const { span } = variable.value;
  return [{ by: CONTAINER_LIST, count: list.length, isList: true, span, isLiteral: false }];
}

/** The GPUs of a list; undefined if it is not known, has a GPU twice, or has another form. */
function listOf({ value: { text } }: EnvironmentVariable, form: RegExp): string[] | undefined {
  if (text === undefined) return undefined;
  const all = text.split(",").map((one) => one.trim());
  // CUDA ignores the rest of the list from the first number that no GPU has.
  const end = all.findIndex((one) => one === "" || /^-\d+$/.test(one));
  const kept = end < 0 ? all : all.slice(0, end);
  return kept.every((one) => form.test(one)) && new Set(kept).size === kept.length ? kept : undefined;
}

/** How many GPUs of a list a container with this number of GPUs has. */
function usableOf(list: readonly string[], limit: number | undefined): number {
  const end = limit === undefined ? -1 : list.findIndex((one) => Number(one) >= limit);
  return end < 0 ? list.length : end;
}

/** The number of GPUs that must be there for the highest one that is used. */
function neededFor({ ofModel, others = [] }: UsedGpus): number {
  return Math.max(ofModel, ...others.map((one) => one + 1));
}

const tooFewGpus = onEach("site", function* (subject, context) {
  const visible = visibleTo(subject, context);
  const used = visible && usedGpus(context.catalogue, subject.values);
  if (!visible || !used) return;
  const needed = neededFor(used);
  if (visible.count >= needed) return;
  const isModel = visible.count < used.ofModel;
  const key = isModel ? "tp" : ownerOf(subject, used);
  yield {
    flag: `--${key}`,
    message: say("site.too-few-gpus", {
      need: needInWords(key, isModel ? used.ofModel : needed, isModel, subject, context),
      given: visible.words,
      first: visible.count,
    }),
    span: placeOfFlag(key, context),
    related: relatedAt(visible.spans, say("site.gpus-here")),
    ...fixesFor(visible, needed, isModel, subject, context),
  };
});

/** The flag that names the highest GPU. */
function ownerOf({ values }: SubjectOf<"site">, { others = [] }: UsedGpus): string {
  const highest = String(Math.max(...others));
  const isAudio = JSON.stringify(values.value("audio_gpu_ids"), (_, one) =>
    typeof one === "bigint" ? String(one) : one,
  )?.includes(`"${highest}"`);
  const isVision = JSON.stringify(values.value("visual_gpu_ids"), (_, one) =>
    typeof one === "bigint" ? String(one) : one,
  )?.includes(`"${highest}"`);
  return isAudio && !isVision ? "audio_gpu_ids" : "visual_gpu_ids";
}

function needInWords(
  key: string,
  needed: number,
  isModel: boolean,
  { values }: SubjectOf<"site">,
  context: RuleContext,
): string {
  const { launch, release } = context;
  if (!isModel) {
    const argument = argumentFor(key, launch, release);
    const flag = argument ? written(argument) : quoted(writtenName(`--${key}`, launch));
    return say("site.gpus-numbered", { flag, last: needed - 1, needed });
  }
  const tp = countOf(values.value("tp")) ?? needed;
  const nodes = countOf(values.value("nnodes")) ?? 1;
  const shown = quoted(flagText(key, String(tp), context));
  return nodes > 1 && tp !== needed
    ? say("site.gpus-of-node", {
        tp: shown,
        nodes: quoted(flagText("nnodes", String(nodes), context)),
        needed,
      })
    : say("site.gpus-needed", { flag: shown, needed });
}

/** Fixes: give as many GPUs as are used, or use as many as there are. */
function fixesFor(
  { count, given, variable }: Visible,
  needed: number,
  isModel: boolean,
  { site, values }: SubjectOf<"site">,
  context: RuleContext,
): Pick<PlainReport, "fixes" | "textFixes"> {
  const nodes = countOf(values.value("nnodes")) ?? 1;
  const tp = String(count * nodes);
  const canGive =
    needed <= MOST_GPUS && given.length > 0 && given.every(({ isList, isLiteral }) => !isList && isLiteral);
  const more = given
    .filter(({ isLiteral }) => isLiteral)
    .map(({ span }) => ({ span, newText: String(needed) }));
  const hasAll = needed <= MOST_GPUS && site.gpus.every((one) => one.count >= needed);
  const place = variable && hasAll ? literalPlace(variable) : undefined;
  const list = place ? numbersBelow(needed).join(",") : "";
  return {
    fixes:
      isModel && count > 0
        ? [setFlag("tp", tp, say("rule.set", { flag: flagText("tp", tp, context) }), !canGive, context)]
        : [],
    textFixes: [
      ...(canGive ? [changeText(say("site.give-gpus", { count: needed }), true, more)] : []),
      ...(variable && place
        ? [
            changeText(say("site.list-gpus", { name: CUDA, value: list }), count === 0 || !isModel, [
              { span: place, newText: list },
            ]),
          ]
        : []),
    ],
  };
}

/** The place of a list that is written literally; commas and digits need no quotes anywhere. */
function literalPlace({
  value: { text = "", source, span, origins },
}: EnvironmentVariable): Span | undefined {
  const at = text === "" || origins ? -1 : source.indexOf(text);
  if (at < 0 || span.end - span.start !== source.length) return undefined;
  return spanFrom(span.start + at, span.start + at + text.length);
}

const leftOverGpus = onEach("site", function* (subject, context) {
  const visible = subject.site.isShared ? undefined : visibleTo(subject, context);
  const used = visible?.isExact ? usedGpus(context.catalogue, subject.values) : undefined;
  if (!visible || !used?.atMost) return;
  if (neededFor({ ...used, others: used.atMost }) > Math.min(visible.count, MOST_GPUS)) return;
  const all = new Set([...numbersBelow(used.ofModel), ...used.atMost]);
  if (all.size >= visible.count) return;
  // A list takes nothing from others, so that a launch that uses none wastes none.
  if (all.size === 0 && visible.variable) return;
  yield {
    flag: "--tp",
    message: say("site.left-over-gpus", {
      given: visible.words,
      used: all.size,
      known: used.others ? "all" : "other",
    }),
    span: visible.variable?.value.span ?? placeOfFlag("tp", context),
    related: relatedAt(visible.spans, say("site.gpus-here")),
    fixes: [],
  };
});

export const rules = {
  "too-few-gpus": tooFewGpus,
  "gpus-left-over": leftOverGpus,
} satisfies DetectorsIn<"judgement/rules/site-gpus.ts">;

/** Rules about what a container has of its host: the folder of the model, and shared memory. */
import { isInFolder, plainPath } from "../../launch/site";
import { say } from "../../messages";
import { isList, truth, type Value } from "../../python/values";
import type { PlainReport } from "../finding";
import { countOf, needOf } from "../site-needs";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import { type RuleContext, written } from "./rule";
import { argumentFor, changeText, flagText, relatedAt, setFlag } from "./site-common";

/** The image that LightLLM publishes; it has no model. */
const OWN_IMAGE = /^ghcr\.io\/modeltc\/lightllm(?:[:@]|$)/i;

const modelNotMounted = onEach("site", function* (subject, context) {
  const { site, values } = subject;
  if (!site.hasAllMounts || site.kind === "job") return;
  for (const key of context.catalogue.container().folders) {
    const value = values.value(key);
    const folder = typeof value === "string" && value.startsWith("/") ? plainPath(value) : undefined;
    const argument = argumentFor(key, context.launch, context.release);
    if (folder === undefined || !argument) continue;
    const isHeld = site.mounts.some(({ target }) => isInFolder(folder, target) || isInFolder(target, folder));
    if (isHeld) continue;
    const report = outsideOf(folder, key, subject, context) ?? notMounted(folder, subject, context);
    if (report) yield { flag: `--${key}`, span: argument.span, ...report };
  }
});

type Part = Pick<PlainReport, "message" | "related" | "fixes">;

/** The folder is the path on the host of something that is mounted elsewhere. */
function outsideOf(
  folder: string,
  key: string,
  { site }: SubjectOf<"site">,
  context: RuleContext,
): Part | undefined {
  const mount = site.mounts.find(
    ({ source }) => source !== undefined && source !== "/" && isInFolder(folder, source),
  );
  const { source, target, span } = mount ?? {};
  const argument = argumentFor(key, context.launch, context.release);
  if (source === undefined || target === undefined || !span || !argument) return undefined;
  const inside = plainPath(`${target}${folder.slice(source.length)}`);
  return {
    message: say("site.model-on-host", {
      flag: written(argument),
      source: `\`${source}\``,
      target: `\`${target}\``,
    }),
    related: relatedAt([span], say("site.mounted-here")),
    fixes: [setFlag(key, inside, say("rule.set", { flag: flagText(key, inside, context) }), true, context)],
  };
}

/** LightLLM's own image runs the command itself, and nothing is mounted where the model should be. */
function notMounted(folder: string, { site }: SubjectOf<"site">, { launch }: RuleContext): Part | undefined {
  const { form, invocation } = launch;
  const image =
    invocation?.place.kind === "container" || invocation?.place.kind === "pod"
      ? invocation.place.image
      : undefined;
  if (!image?.text || !OWN_IMAGE.test(image.text)) return undefined;
  const isDirect = invocation?.wrappers.at(-1)?.place !== undefined;
  const isWords = form.kind === "list" || (form.kind === "shell" && form.splitOnly === true);
  // A script may fetch the model first.
  if (!(invocation?.wrappers.length === 0 ? isWords : isDirect)) return undefined;
  return {
    message: say("site.model-not-mounted", { folder: `\`${folder}\`` }),
    related: relatedAt(
      site.mounts.map(({ span }) => span),
      say("site.mounted-here"),
    ),
    fixes: [],
  };
}

const GIB = 1024 ** 3;

/** A size in GiB with two digits at most. */
function gib(bytes: number): string {
  return `${Math.round((bytes / GIB) * 100) / 100} GiB`;
}

const memoryTooSmall = onEach("site", function* ({ site, values }, { catalogue, release, launch }) {
  const { sharedMemory: memory } = site;
  const facts = catalogue.container();
  if (!memory || truth(needOf(facts.reckons_memory, values)) !== true) return;
  const ofRequests = bytesOf(needOf(facts.memory_for_requests, values));
  const ofImages = bytesOf(needOf(facts.memory_for_images, values));
  const need = (ofRequests ?? 0) + (ofImages ?? 0) + facts.memory_for_rest;
  if (memory.value >= need) return;
  const amount = Math.max(facts.shared_memory, Math.ceil(need / GIB));
  const size = `${amount}${site.kind === "pod" ? "Gi" : "g"}`;
  const terms = [
    ...(ofRequests === undefined
      ? []
      : [
          say("site.memory-requests", {
            size: gib(ofRequests),
            requests: shown(values.value("running_max_req_size")),
            tokens: shown(values.value("max_req_total_len")),
          }),
        ]),
    ...(ofImages
      ? [say("site.memory-images", { size: gib(ofImages), count: shown(values.value("cache_capacity")) })]
      : []),
    say("site.memory-rest", { size: gib(facts.memory_for_rest) }),
  ];
  yield {
    message: say("site.memory-small", {
      has: gib(memory.value),
      release: release.name,
      exact: ofRequests !== undefined && ofImages === 0 ? "yes" : "other",
      need: gib(need),
      terms: terms.join(" + "),
    }),
    span: launch.head ?? launch.span,
    related: relatedAt([memory.span], say("site.memory-here")),
    fixes: [],
    textFixes: memory.isLiteral
      ? [changeText(say("site.set-memory", { size }), true, [{ span: memory.span, newText: size }])]
      : [],
  };
});

function bytesOf(value: Value): number | undefined {
  return isList(value) ? undefined : countOf(value);
}

function shown(value: Value): string {
  return typeof value === "bigint" || typeof value === "number" ? String(value) : "?";
}

export const rules = {
  "model-not-mounted": modelNotMounted,
  "shared-memory-too-small": memoryTooSmall,
} satisfies DetectorsIn<"judgement/rules/site-files.ts">;

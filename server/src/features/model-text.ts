/** What is said about a model: in a hover of its folder, and beside its name. */
import { findPublicModel } from "../analysis/named-model";
import type { Catalogue } from "../catalogue";
import type { ModelFolder } from "../judgement/model/folder";
import { filesThatCount, type ModelSummary, summaryOf } from "../judgement/model/summary";
import type { WeightSizes } from "../judgement/model/weights";
import { quoted } from "../judgement/rules/rule";
import { onOneLine } from "../launch/visible-text";
import { say } from "../messages";

/** Maximum number of data types that are named. */
const MOST_TYPES = 3;

/** The facts of a folder in Markdown, with where they come from; undefined if nothing is known. */
export function modelMarkdown(folder: ModelFolder, loads: string | undefined): string | undefined {
  const files = filesThatCount(folder);
  const summary = summaryOf(files);
  if (!summary || folder.kind !== "folder") return undefined;
  const lines = [...summaryLines(summary), ...(loads === undefined ? [] : [loads])];
  const { publicName, snapshot, config } = folder.files;
  const source =
    publicName !== undefined
      ? say("model.from-public", { name: quoted(publicName) })
      : config === undefined && snapshot
        ? say("model.from-snapshot", { path: quoted(snapshot.path) })
        : say("model.from-folder");
  return `${lines.join("  \n")}\n\n*${source}*`;
}

/** One line about a public model: its type, its size, its context. @param config the text of its config.json. */
export function modelLine(config: string): string {
  const summary = summaryOf({ kind: "folder", files: { config } });
  return summary ? onOneLine([summary.type ?? "", ...shapeOf(summary)].filter(Boolean).join(" · ")) : "";
}

/** The public model that a folder's name may mean: `/models/Qwen3-8B`. */
export function publicModelMeant(folder: string, catalogue: Catalogue): string | undefined {
  const parts = folder.split(/[\\/]/).filter(Boolean);
  const entry = /^models--(.+?)--(.+)$/.exec(parts.find((part) => part.startsWith("models--")) ?? "");
  const whole = entry ? `${entry[1]}/${entry[2]}` : parts.slice(-2).join("/");
  const exact = findPublicModel(whole, catalogue);
  if (exact) return exact.name;
  const last = parts.at(-1)?.toLowerCase();
  const named = Object.keys(catalogue.publicModels()).filter(
    (name) => name.split("/")[1]?.toLowerCase() === last,
  );
  return named.length === 1 ? named[0] : undefined;
}

function summaryLines(summary: ModelSummary): string[] {
  const { architecture, type, dataType, experts, expertsPerToken, quantization, weights } = summary;
  const head = [
    architecture ? `**${onOneLine(architecture)}**` : "",
    type ? quoted(type) : "",
    dataType ? onOneLine(dataType) : "",
    summary.hasVision ? say("model.vision") : "",
  ];
  const lines = [head.filter(Boolean).join(" · "), shapeOf(summary).join(" · ")];
  if (experts !== undefined)
    lines.push(
      say(expertsPerToken === undefined ? "model.experts" : "model.experts-of", {
        count: experts,
        each: expertsPerToken ?? 0,
      }),
    );
  if (quantization) {
    const { method, bits, block } = quantization;
    const name = method ? quoted(method) : say("model.unnamed-method");
    if (block) lines.push(say("model.quantized-blocks", { method: name, block: block.join(" × ") }));
    else if (bits !== undefined) lines.push(say("model.quantized-bits", { method: name, bits }));
    else lines.push(say("model.quantized", { method: name }));
  }
  if (weights) lines.push(weightLine(weights));
  return lines.filter((line) => line !== "");
}

function shapeOf({ layers, heads, kvHeads, headSize, latentSize, context }: ModelSummary): string[] {
  const parts: string[] = [];
  if (layers !== undefined) parts.push(say("model.layers", { count: layers }));
  if (heads !== undefined && latentSize !== undefined)
    parts.push(say("model.latent", { heads, size: latentSize }));
  else if (heads !== undefined && kvHeads !== undefined && headSize !== undefined)
    parts.push(say("model.heads-of", { heads, kv: kvHeads, size: headSize }));
  else if (heads !== undefined && kvHeads !== undefined)
    parts.push(say("model.heads", { heads, kv: kvHeads }));
  if (context !== undefined) parts.push(say("model.context", { tokens: context }));
  return parts;
}

function weightLine({ bytes, files, format, byType = {}, vision }: WeightSizes): string {
  const line = say("model.weights", { size: sizeInWords(bytes), count: files.length, format });
  const types = Object.entries(byType)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_TYPES)
    .map(([type, part]) => `${onOneLine(type)} ${sizeInWords(part)}`);
  const parts = Object.keys(byType).length > 1 ? types : types.map((type) => type.split(" ")[0] ?? "");
  if (vision) parts.push(say("model.weights-vision", { size: sizeInWords(vision) }));
  return parts.length > 0 ? `${line} (${parts.join(", ")})` : line;
}

/** A number of bytes in GiB or MiB with one decimal. */
export function sizeInWords(bytes: number): string {
  const [unit, size] = bytes >= 2 ** 30 ? ["GiB", 2 ** 30] : ["MiB", 2 ** 20];
  return `${(bytes / size).toFixed(1)} ${unit}`;
}

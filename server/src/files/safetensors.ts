/**
 * Reads the headers of safetensors files: eight bytes with the length of a JSON text, and that text, which says the data
 * type and the place of each tensor (https://huggingface.co/docs/safetensors, "Format"). The tensors are never read.
 */
import type { TensorBytes, WeightFile } from "../judgement/model/weights";
import type { FileSystem } from "./file-system";

/** Limit for one header, in bytes; that of a file of DeepSeek-V3 has 100,000. */
const LONGEST_HEADER = 8_000_000;

/** What the first bytes of a weight file say. */
export interface Header {
  readonly broken?: WeightFile["broken"];
  /** The tensors of the file; absent if the header is too long, or cannot be read. */
  readonly tensors?: TensorBytes;
}

/** Reads the header of a file. @param bytes the size of the file. */
export async function readHeader(files: FileSystem, path: string, bytes: number): Promise<Header> {
  const start = await files.part(path, 0, 48);
  if (!start) return {};
  if (isPointer(start)) return { broken: "pointer" };
  const length = start.length < 8 ? 0n : new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  // Two bytes are `{}`, the shortest header; the library refuses one above 100 MB.
  if (length < 2n || length > 100_000_000n) return { broken: "header" };
  if (8n + length > BigInt(bytes)) return { broken: "short" };
  if (length > BigInt(LONGEST_HEADER)) return {};
  const text = await files.part(path, 8, Number(length));
  return text ? readTensors(text, bytes - 8 - Number(length)) : {};
}

/** A pointer of Git LFS is a short text in the place of a file that was not downloaded. */
function isPointer(start: Uint8Array): boolean {
  return /^version https:\/\/git-lfs/.test(new TextDecoder("latin1").decode(start));
}

interface Tensor {
  readonly dtype?: unknown;
  readonly data_offsets?: unknown;
}

/** @param room the bytes after the header. */
function readTensors(text: Uint8Array, room: number): Header {
  let header: Record<string, Tensor | null>;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    return { broken: "header" };
  }
  if (typeof header !== "object" || header === null) return { broken: "header" };
  const sums = newSums();
  let end = 0;
  for (const [name, tensor] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const place = Array.isArray(tensor?.data_offsets) ? tensor.data_offsets.map(Number) : [];
    const [from = Number.NaN, to = Number.NaN] = place;
    if (typeof tensor?.dtype !== "string" || !(to >= from)) return { broken: "header" };
    end = Math.max(end, to);
    addTensor(sums, name, tensor.dtype, to - from);
  }
  return end > room ? { broken: "short" } : { tensors: sums };
}

interface Sums extends TensorBytes {
  byType: Record<string, number>;
  vision: number;
  audio: number;
  speech: number;
  byLayer: number[];
  mtp: number;
  gateBias?: boolean;
}

/** Sums of no tensors. */
export function newSums(): Sums {
  return { byType: {}, vision: 0, audio: 0, speech: 0, byLayer: [], mtp: 0 };
}

/** Adds the sums of a file to those of others. */
export function addSums(to: Sums, sums: TensorBytes): void {
  for (const [type, bytes] of Object.entries(sums.byType)) to.byType[type] = (to.byType[type] ?? 0) + bytes;
  for (const part of ["vision", "audio", "speech", "mtp"] as const) to[part] += sums[part];
  if (sums.gateBias) to.gateBias = true;
  sums.byLayer.forEach((bytes, layer) => {
    to.byLayer[layer] = (to.byLayer[layer] ?? 0) + bytes;
  });
}

/** Parts of a model by the first words of a tensor's name, as published checkpoints have them. */
const VISION =
  /^(?:(?:model|thinker|transformer)\.)?(?:visual|vision_tower|vision_model|vision_embed_tokens|multi_modal_projector|mm_projector|mlp1|embed_vision)\b/;
const AUDIO = /^(?:(?:model|thinker)\.)?(?:audio_tower|audio_model|audio_projector|embed_audio)\b/;
const SPEECH = /^(?:talker|code2wav|token2wav)\b/;
const LAYER = /(?:^|\.)(?:layers|h|blocks)\.(\d{1,4})\./;

function addTensor(sums: Sums, name: string, type: string, bytes: number): void {
  sums.byType[type] = (sums.byType[type] ?? 0) + bytes;
  if (name.endsWith(".e_score_correction_bias")) sums.gateBias = true;
  if (VISION.test(name)) sums.vision += bytes;
  else if (AUDIO.test(name)) sums.audio += bytes;
  else if (SPEECH.test(name)) sums.speech += bytes;
  else if (/^mtp\b/.test(name)) sums.mtp += bytes;
  else {
    const layer = LAYER.exec(name)?.[1];
    if (layer === undefined) return;
    // A list without holes, so that it stays equal when it is compared as JSON.
    while (sums.byLayer.length <= Number(layer)) sums.byLayer.push(0);
    sums.byLayer[Number(layer)] = (sums.byLayer[Number(layer)] ?? 0) + bytes;
  }
}

/** GPUs by name or size: `H100x8`, `80GiBx2`, `85899345920`. */
import type { FitFacts, GpuFacts } from "../catalogue/fit-facts";

export interface Gpu {
  /** As in the table; undefined for a size. */
  readonly name: string | undefined;
  /** Its compute capability without the dot: 90 for 9.0; undefined for a size. */
  readonly sm?: number;
  /** Total memory as torch reports it. */
  readonly bytes: number;
  /** The largest that a GPU of this name may have. */
  readonly to: number;
  /** `given`: the user states the size. */
  readonly how: GpuFacts["how"] | "given";
  readonly source?: string;
  /** GPUs of a node; undefined if it is not said. */
  readonly count: number | undefined;
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  mb: 1e6,
  mib: 2 ** 20,
  gb: 1e9,
  gib: 2 ** 30,
};
const LEAST = 2 ** 30;
const MOST = 2 ** 42;
const MOST_GPUS = 1024;

/** Reads what a person writes for the GPUs of a launch; undefined if no such GPU is known. */
export function readGpu(written: string, facts: FitFacts): Gpu | undefined {
  const text = written.trim();
  const whole = gpuNamed(text, facts);
  if (whole) return { ...whole, count: undefined };
  const times = /^(.*\S)\s*[x×*]\s*(\d{1,4})$/i.exec(text);
  const count = times ? Number(times[2]) : undefined;
  if (!times || count === undefined || count < 1 || count > MOST_GPUS) return undefined;
  const one = gpuNamed(times[1] ?? "", facts);
  return one && { ...one, count };
}

/** One GPU by its name, or by its size. */
function gpuNamed(text: string, facts: FitFacts): Omit<Gpu, "count"> | undefined {
  const size = /^(\d+(?:\.\d+)?)\s*(b|[mg]i?b)?$/i.exec(text);
  if (size && !(size[2] === undefined && /^\d{4}$/.test(text))) {
    const bytes = Math.round(Number(size[1]) * (UNITS[(size[2] ?? "").toLowerCase()] ?? 1));
    if (bytes < LEAST || bytes > MOST) return undefined;
    const known = facts.gpus.find((one) => one.bytes === bytes);
    return { name: known?.name, bytes, to: bytes, how: "given" };
  }
  const folded = foldedName(text);
  const found = facts.gpus.find(({ name, names }) => foldedName(name) === folded || names.includes(folded));
  if (!found) return undefined;
  const { name, sm, bytes, to = bytes, how, source } = found;
  return { name, sm, bytes, to, how, source };
}

/** A name without what people and tools write differently: `NVIDIA-H100-80GB-HBM3`, `nvidia-h100-80gb`. */
function foldedName(name: string): string {
  return name
    .toUpperCase()
    .replace(/[\s_-]+/g, "")
    .replace(/^NVIDIA/, "");
}

/** The names of the table, for messages. */
export function gpuNames({ gpus }: FitFacts): string[] {
  return gpus.map(({ name }) => name);
}

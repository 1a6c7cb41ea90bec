/** Reads a model folder: its config files, the names of its tokenizer, and the sizes of its weight files. */
import { type ModelFiles, type ModelFolder, UNKNOWN_MODEL } from "../judgement/model/folder";
import { type ModelWeights, type TensorBytes, usedFiles, type WeightFile } from "../judgement/model/weights";
import type { FileState, FileSystem } from "./file-system";
import { addSums, type Header, newSums, readHeader } from "./safetensors";

const TOKENIZERS = ["tokenizer_config.json", "tokenizer.json", "tokenizer.model"];
const INDEX = "model.safetensors.index.json";

/** Limits for a folder: its weight files, the index in bytes (DeepSeek-V3: 9 million), and all headers in bytes. */
const MOST_WEIGHT_FILES = 1000;
const LONGEST_INDEX = 20_000_000;
/** Limit for the cached results of files; those of a few models. */
const MOST_CACHED = 4000;

interface Cached<T> {
  readonly state: FileState;
  readonly value: T;
}

/** Reads model folders; what it has read of a weight file is kept while its size and time stay the same. */
export class ModelReader {
  private readonly headers = new Map<string, Cached<Header>>();
  private readonly indexes = new Map<string, Cached<ModelWeights["index"]>>();

  constructor(private readonly files: FileSystem) {}

  /** @param runsHere whether a folder that is missing on this machine does not exist for the launch. */
  async read(path: string, runsHere: boolean): Promise<ModelFolder> {
    const found = await this.files.look(path);
    if (found === "file" || (found === "nothing" && runsHere)) return { kind: "no folder" };
    if (found !== "folder") return UNKNOWN_MODEL;
    const files = await this.filesIn(path);
    if (!files) return UNKNOWN_MODEL;
    const snapshot = files.config === undefined ? await this.snapshotIn(path) : undefined;
    return { kind: "folder", files: snapshot ? { ...files, snapshot } : files };
  }

  /** Undefined if its config.json exists and cannot be read. */
  private async filesIn(path: string): Promise<ModelFiles | undefined> {
    const inside = (name: string) => this.files.resolve(path, name) ?? path;
    const [config, generationConfig, ...tokenizers] = await Promise.all([
      this.files.read(inside("config.json")),
      this.files.read(inside("generation_config.json")),
      ...TOKENIZERS.map((name) => this.files.look(inside(name))),
    ]);
    if (config === undefined && (await this.files.look(inside("config.json"))) !== "nothing")
      return undefined;
    const weights = await this.weightsIn(path);
    const hasTokenizer = tokenizers.includes("file");
    return { config, generationConfig, hasTokenizer, ...(weights && { weights }) };
  }

  /**
   * The snapshot of an entry of the Hugging Face cache (`models--Qwen--Qwen3-8B`): the one that `refs/main` names, else
   * the only one. (https://huggingface.co/docs/huggingface_hub/guides/manage-cache)
   */
  private async snapshotIn(path: string): Promise<ModelFiles["snapshot"]> {
    const inside = (name: string) => this.files.resolve(path, name) ?? path;
    const main = (await this.files.read(inside("refs/main"), 200))?.trim();
    const revisions = (await this.files.list(inside("snapshots")))
      .filter(({ name, mayBeFolder }) => mayBeFolder && /^[\w.-]+$/.test(name))
      .map(({ name }) => name);
    const revision =
      revisions.find((name) => name === main) ?? (revisions.length === 1 ? revisions[0] : undefined);
    if (revision === undefined) return undefined;
    const files = await this.filesIn(inside(`snapshots/${revision}`));
    return files?.config === undefined ? undefined : { path: `snapshots/${revision}`, files };
  }

  private async weightsIn(path: string): Promise<ModelWeights | undefined> {
    const all = (await this.files.list(path)).map(({ name }) => name);
    const isOfDeepSpeed = all.some((name) => /^layer.*\.pt$/.test(name));
    const names = all.filter((name) => /\.(?:safetensors|bin)$/.test(name));
    if (names.length > MOST_WEIGHT_FILES) return undefined;
    const index = await this.indexAt(this.files.resolve(path, INDEX) ?? path);
    const read: { readonly file: WeightFile; readonly tensors: TensorBytes | undefined }[] = [];
    // One after the other: a slow disk must not keep all threads that read files.
    for (const name of names) {
      const at = this.files.resolve(path, name) ?? path;
      const state = await this.files.state(at);
      const bytes = state?.size ?? 0;
      const header =
        state && name.endsWith(".safetensors")
          ? await this.cached(this.headers, at, state, () => readHeader(this.files, at, bytes))
          : undefined;
      const broken = header?.broken;
      read.push({ file: { name, bytes, ...(broken && { broken }) }, tensors: header?.tensors });
    }
    const weights = {
      files: read.map(({ file }) => file),
      ...(index && { index }),
      ...(isOfDeepSpeed && { isOfDeepSpeed }),
    };
    const used = usedFiles(weights);
    const parts = read.filter(({ file }) => used.includes(file)).map(({ tensors }) => tensors);
    if (parts.length === 0 || parts.includes(undefined)) return weights;
    const tensors = newSums();
    for (const part of parts) if (part) addSums(tensors, part);
    return { ...weights, tensors };
  }

  private async indexAt(path: string): Promise<ModelWeights["index"]> {
    const state = await this.files.state(path);
    if (!state) return undefined;
    return this.cached(this.indexes, path, state, async () => {
      const text = await this.files.read(path, LONGEST_INDEX);
      return text === undefined ? undefined : readIndex(text);
    });
  }

  private async cached<T>(
    cache: Map<string, Cached<T>>,
    path: string,
    state: FileState,
    read: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(path);
    if (known && known.state.size === state.size && known.state.modified === state.modified)
      return known.value;
    const value = await read();
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(path, { state, value });
    return value;
  }
}

/** The files and the sum of an index; undefined if it is none. */
function readIndex(text: string): ModelWeights["index"] {
  try {
    const { weight_map, metadata } = JSON.parse(text);
    const files = [...new Set(Object.values(weight_map))].filter((name) => typeof name === "string").sort();
    const totalBytes = metadata?.total_size;
    return { files, ...(Number.isSafeInteger(totalBytes) && { totalBytes }) };
  } catch {
    return undefined;
  }
}

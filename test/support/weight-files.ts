/** Files of model folders for tests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The tensors of a safetensors file: the type and the number of bytes of each. */
export type Tensors = Readonly<Record<string, readonly [type: string, bytes: number]>>;

/** A safetensors file. @param lost bytes that are missing at its end. */
export function safetensors(tensors: Tensors, lost = 0): Buffer {
  let end = 0;
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  for (const [name, [dtype, bytes]] of Object.entries(tensors)) {
    header[name] = { dtype, shape: [bytes], data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(end - lost)]);
}

/** Writes files below a folder. A value that is no text and no bytes becomes JSON. */
export function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const isRaw = typeof content === "string" || Buffer.isBuffer(content);
    writeFileSync(path, isRaw ? content : JSON.stringify(content));
  }
}

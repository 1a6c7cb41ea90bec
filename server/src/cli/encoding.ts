/**
 * Detects the encoding of a file, and encodes text for it. UTF-8 needs no table; the tables of other encodings are
 * loaded on demand.
 */

import { isUtf8 } from "node:buffer";
import { say } from "./cli-texts";

/** The supported encodings, with their display names. */
export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "GB18030";

/** Decoded bytes. */
export interface Decoded {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether there was a byte order mark. */
  readonly mark: boolean;
}

/**
 * The bytes are in no supported encoding, or the encoding does not have a character of the text; `message` is a clause.
 */
export class EncodingError extends Error {}

/** The byte order mark. */
const MARK = "\uFEFF";

/**
 * Decodes a file. An encoding is accepted only if encoding the text again gives the same bytes, so that unedited parts
 * stay unchanged.
 *
 * @throws EncodingError
 */
export async function decode(bytes: Buffer): Promise<Decoded> {
  const encoding = markedEncoding(bytes) ?? (await guessed(bytes));
  const whole = await textOf(bytes, encoding);
  if (!(await bytesOf(whole, encoding)).equals(bytes))
    throw new EncodingError(say("cli.encoding-bytes", { encoding }));
  const mark = whole.startsWith(MARK);
  return { text: mark ? whole.slice(1) : whole, encoding, mark };
}

/**
 * Encodes text in the encoding of a decoded file. @throws EncodingError if the encoding does not have a character of
 * it.
 */
export async function encode(text: string, { encoding, mark }: Decoded): Promise<Buffer> {
  const whole = mark ? MARK + text : text;
  const bytes = await bytesOf(whole, encoding);
  if ((await textOf(bytes, encoding)) !== whole)
    throw new EncodingError(say("cli.encoding-no-room", { encoding }));
  return bytes;
}

function markedEncoding(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "UTF-8";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16BE";
  // UTF-32 begins with the same bytes, followed by a NUL character.
  if (bytes[0] === 0xff && bytes[1] === 0xfe && (bytes[2] !== 0 || bytes[3] !== 0)) return "UTF-16LE";
  return undefined;
}

async function guessed(bytes: Buffer): Promise<Encoding> {
  if (bytes.includes(0)) throw new EncodingError(say("cli.encoding-nul"));
  if (isUtf8(bytes)) return "UTF-8";
  if (isPlainChinese(bytes)) return "GB18030";
  const { detect } = await import("chardet");
  const encoding = detect(bytes);
  if (encoding === "GB18030") return encoding;
  const seems = encoding && encoding !== "UTF-8" ? say("cli.encoding-seems", { encoding }) : "";
  throw new EncodingError(say("cli.encoding-unknown", { seems }));
}

/**
 * Whether all characters beyond ASCII are two-byte characters of GB2312. Neither byte is ASCII, so all characters with
 * a meaning in shell or YAML are read correctly in any encoding. Statistical detection needs longer texts.
 */
function isPlainChinese(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    if (first < 0xa1 || first > 0xf7 || second < 0xa1 || second > 0xfe) return false;
    at++;
  }
  return true;
}

async function textOf(bytes: Buffer, encoding: Encoding): Promise<string> {
  if (encoding === "UTF-8") return bytes.toString("utf8");
  const { default: iconv } = await import("iconv-lite");
  return iconv.decode(bytes, encoding, { stripBOM: false });
}

async function bytesOf(text: string, encoding: Encoding): Promise<Buffer> {
  if (encoding === "UTF-8") return Buffer.from(text, "utf8");
  const { default: iconv } = await import("iconv-lite");
  return iconv.encode(text, encoding, { addBOM: false });
}

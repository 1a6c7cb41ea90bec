/** In which encoding a file is written, and how text goes back into it. UTF-8 needs no table; what does is loaded when it is met. */

import { isUtf8 } from "node:buffer";
import { say } from "../messages";

/** The encodings that are read and written, as they are named to people. */
export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "GB18030";

/** What bytes say. */
export interface Decoded {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether a byte order mark stands in front. */
  readonly mark: boolean;
}

/** Bytes that are no text in an encoding that is known, or text that has no place in one; `message` is a clause. */
export class EncodingError extends Error {}

/** The mark that tells the order of bytes. */
const MARK = "\uFEFF";

/**
 * The text of a file's bytes. An encoding is taken for granted only where writing the text back gives the same bytes, so
 * that what is not edited stays as it is.
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

/** Text as the bytes of a file that was decoded. @throws EncodingError where the encoding has no room for it. */
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
  // UTF-32 begins likewise, with a NUL character behind.
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
 * Whether all characters beyond ASCII are of the two bytes that GB2312 has for Chinese: neither of them is one of ASCII, so
 * that everything a shell or YAML gives a meaning is read right whatever the encoding. Statistics need longer texts.
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

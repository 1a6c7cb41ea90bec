/**
 * The form of comments that steer us, `# lightllm: release=v1.1.0`: a comment sign, `lightllm:`, a word, and perhaps `=` and
 * a value. `directives.ts` says what they mean.
 */

const NAME = "lightllm:";

/** What begins a comment in most notations. */
const HASH: readonly string[] = ["#"];

/** One such comment; it is alone on its line. */
export interface DirectiveComment {
  /** Offset of the comment sign. */
  readonly start: number;
  /** Where the line ends, without white space there. */
  readonly end: number;
  /** What follows `lightllm:`, and its offset. */
  readonly body: string;
  readonly bodyStart: number;
  readonly word: string;
  /** What follows `=`, with the white space around it, and its offset; `undefined` without a `=`. */
  readonly value: string | undefined;
  readonly valueStart: number;
}

/**
 * The comments of a text that steer us, in order.
 *
 * @param signs what begins a comment in the notation of the text.
 */
export function* directiveComments(text: string, signs = HASH): Generator<DirectiveComment> {
  if (!text.includes(NAME)) return;
  // A byte order mark may precede the first.
  const line = new RegExp(`^(\\uFEFF?[ \\t]*)(?:${signs.join("|")})[ \\t]*${NAME}[ \\t]*(.*)$`, "gm");
  for (const { 0: whole, 1: indent = "", 2: written = "", index } of text.matchAll(line)) {
    const body = written.trimEnd();
    const end = index + whole.trimEnd().length;
    const bodyStart = end - body.length;
    const equals = body.indexOf("=");
    const isAlone = equals < 0;
    yield {
      start: index + indent.length,
      end,
      body,
      bodyStart,
      word: (isAlone ? body : body.slice(0, equals)).trim(),
      value: isAlone ? undefined : body.slice(equals + 1),
      valueStart: isAlone ? end : bodyStart + equals + 1,
    };
  }
}

/** The comment of a single line, whole or as far as it is typed. */
export function directiveComment(line: string, signs = HASH): DirectiveComment | undefined {
  return directiveComments(line, signs).next().value ?? undefined;
}

/** A comment that steers us, without its sign: `lightllm: release=v1.1.0`. */
export function directiveText(word: string, value: string): string {
  return `${NAME} ${word}=${value}`;
}

/** Whether the first line of a text makes the file ours, whatever its name. */
export function claimsFile(text: string): boolean {
  const [firstLine = ""] = text.split("\n", 1);
  const comment = directiveComment(firstLine);
  return comment?.body === "config" && /^\uFEFF?$/.test(firstLine.slice(0, comment.start));
}

/**
 * Syntax of `# lightllm: release=v1.1.0` comments: a comment sign, `lightllm:`, a word, and optionally `=` and a value.
 * `directives.ts` defines their meaning.
 */

const NAME = "lightllm:";

/** Comment sign of most notations. */
const HASH: readonly string[] = ["#"];

/** Comment sign of Markdown, whose comments are closed. */
const HTML = "<!--";

/** A directive comment; it has a line of its own. */
export interface DirectiveComment {
  /** Offset of the comment sign. */
  readonly start: number;
  /** End of the comment: that of its line, without trailing white space. */
  readonly end: number;
  /** The text after `lightllm:`, and its offset. */
  readonly body: string;
  readonly bodyStart: number;
  readonly word: string;
  /** The text after `=` with surrounding white space, and its offset; `undefined` without `=`. */
  readonly value: string | undefined;
  readonly valueStart: number;
}

/**
 * The directive comments of a text, in order.
 *
 * @param signs the comment signs of the text's notation.
 */
export function* directiveComments(text: string, signs = HASH): Generator<DirectiveComment> {
  if (!text.includes(NAME)) return;
  // A byte order mark may precede the first comment.
  const anySign = signs.map((sign) => sign.replaceAll(".", "\\.")).join("|");
  const line = new RegExp(`^(\\uFEFF?[ \\t]*)(${anySign})[ \\t]*${NAME}[ \\t]*(.*)$`, "gm");
  for (const { 0: whole, 1: indent = "", 2: sign, 3: written = "", index } of text.matchAll(line)) {
    const close = sign === HTML ? /[ \t]*-->[ \t\r]*$/.exec(written) : null;
    if (sign === HTML && !close) continue;
    const body = written.slice(0, close?.index).trimEnd();
    const end = index + whole.trimEnd().length;
    const bodyStart = index + whole.length - written.length;
    const bodyEnd = bodyStart + body.length;
    const equals = body.indexOf("=");
    const isAlone = equals < 0;
    yield {
      start: index + indent.length,
      end,
      body,
      bodyStart,
      word: (isAlone ? body : body.slice(0, equals)).trim(),
      value: isAlone ? undefined : body.slice(equals + 1),
      valueStart: isAlone ? bodyEnd : bodyStart + equals + 1,
    };
  }
}

/** The directive comment of a single line, complete or partly typed. */
export function directiveComment(line: string, signs = HASH): DirectiveComment | undefined {
  return directiveComments(line, signs).next().value ?? undefined;
}

/** A directive comment without its sign: `lightllm: release=v1.1.0`. */
export function directiveText(word: string, value: string): string {
  return `${NAME} ${word}=${value}`;
}

/** Whether a comment says that a YAML text is a file of `--quant_cfg`. An indented line may be a part of a value. */
export function claimsQuantization(text: string): boolean {
  const isIndented = (start: number) => /[ \t]/.test(text[start - 1] ?? "");
  return [...directiveComments(text)].some(({ body, start }) => body === "quant_cfg" && !isIndented(start));
}

/** Whether the first line of a text marks the file as a LightLLM config, whatever its name. */
export function claimsFile(text: string): boolean {
  const [firstLine = ""] = text.split("\n", 1);
  const comment = directiveComment(firstLine);
  return comment?.body === "config" && /^\uFEFF?$/.test(firstLine.slice(0, comment.start));
}

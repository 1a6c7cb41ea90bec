/**
 * Directives: comments that control the checks, the same in every notation:
 * `# lightllm: release=v1.1.0`, `model=<name>`, `gpu=<name>`, `deployment=<name>`, `off`, `config`, `args`, `quant_cfg`,
 * `disable-next-line=<codes>`,
 * `disable-file=<codes>`.
 */
import { type DirectiveComment, directiveComments } from "./directive-comment";
import { type Launch, type LaunchFile, type Span, spanFrom } from "./launch";

export type Directive =
  | { readonly kind: "release"; readonly release: string; readonly span: Span; readonly valueSpan: Span }
  /** The public model in the launches' model folders, by its name on the Hugging Face Hub. */
  | { readonly kind: "model"; readonly name: string; readonly span: Span; readonly valueSpan: Span }
  /** The GPUs that the launches run on. */
  | { readonly kind: "gpu"; readonly name: string; readonly span: Span; readonly valueSpan: Span }
  /** The deployment of the launches; `none`: they are judged one by one. */
  | { readonly kind: "deployment"; readonly name: string; readonly span: Span; readonly valueSpan: Span }
  | { readonly kind: "off" | "config" | "args" | "quant_cfg"; readonly span: Span }
  | {
      readonly kind: "disable-next-line" | "disable-file";
      readonly codes: readonly { readonly code: string; readonly span: Span }[];
      readonly span: Span;
    }
  | { readonly kind: "unknown"; readonly word: string; readonly span: Span; readonly valueSpan: Span };

/** The name that keeps a launch out of every deployment. */
export const NO_DEPLOYMENT = "none";

/** The directives' first words, for completion and for the message about an unknown one. */
export const DIRECTIVE_WORDS = [
  "release",
  "model",
  "gpu",
  "deployment",
  "config",
  "args",
  "quant_cfg",
  "off",
  "disable-next-line",
  "disable-file",
] as const;

/**
 * All directives of a text in order. Only comments on a line of their own count.
 *
 * @param signs the comment signs of the text's notation; `#` by default.
 */
export function findDirectives(text: string, signs?: readonly string[]): Directive[] {
  return [...directiveComments(text, signs)].map(read);
}

function read({ start, end, word, bodyStart, value, valueStart }: DirectiveComment): Directive {
  const span = spanFrom(start, end);
  switch (word) {
    case "off":
    case "config":
    case "args":
    case "quant_cfg":
      return { kind: word, span };
    case "release":
    case "model":
    case "gpu":
    case "deployment": {
      const name = value?.trim() ?? "";
      const from = name ? valueStart + (value?.indexOf(name) ?? 0) : end;
      const valueSpan = spanFrom(from, from + name.length);
      return word === "release"
        ? { kind: "release", release: name, span, valueSpan }
        : { kind: word, name, span, valueSpan };
    }
    case "disable-next-line":
    case "disable-file":
      return { kind: word, codes: readCodes(value ?? "", valueStart), span };
    default:
      return { kind: "unknown", word, span, valueSpan: spanFrom(bodyStart, bodyStart + word.length) };
  }
}

function readCodes(list: string, start: number) {
  return [...list.matchAll(/[^\s,]+/g)].map((match) => {
    const from = start + match.index;
    return { code: match[0], span: spanFrom(from, from + match[0].length) };
  });
}

/** Whether the text turns checks off for this file. */
export function isSwitchedOff(directives: readonly Directive[]): boolean {
  return directives.some((directive) => directive.kind === "off");
}

/**
 * The directive that sets the release of a launch: one in or directly above the launch, else one at the top of the
 * file, above the first launch.
 *
 * @param previousEnd end of the launch before this one; 0 for the first.
 * @param firstStart start of the file's first launch.
 */
export function releaseDirectiveFor(
  directives: readonly Directive[],
  launch: Span,
  previousEnd: number,
  firstStart: number,
): Extract<Directive, { kind: "release" }> | undefined {
  const releases = directives.filter((directive) => directive.kind === "release");
  return directiveFor(releases, launch, previousEnd, firstStart);
}

function directiveFor<D extends Directive>(
  ofKind: readonly D[],
  launch: Span,
  previousEnd: number,
  firstStart: number,
): D | undefined {
  const own = ofKind.filter(({ span }) => span.start >= previousEnd && span.end <= launch.end);
  return own.at(-1) ?? ofKind.filter(({ span }) => span.start < firstStart).at(-1);
}

/** The directive that sets the release of a file's launch, by the launch's index. */
export function modelineOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
): Extract<Directive, { kind: "release" }> | undefined {
  return ofLaunch(
    file,
    index,
    directives.filter((one) => one.kind === "release"),
  );
}

/** The directive that names the model of a file's launch, by the launch's index. */
export function modelDirectiveOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
): Extract<Directive, { kind: "model" }> | undefined {
  return ofLaunch(
    file,
    index,
    directives.filter((one) => one.kind === "model"),
  );
}

/** The directive that names the GPUs of a file's launch, by the launch's index. */
export function gpuDirectiveOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
): Extract<Directive, { kind: "gpu" }> | undefined {
  return ofLaunch(
    file,
    index,
    directives.filter((one) => one.kind === "gpu"),
  );
}

/** The directive that names the deployment of a file's launch, by the launch's index. */
export function deploymentDirectiveOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
): Extract<Directive, { kind: "deployment" }> | undefined {
  return ofLaunch(
    file,
    index,
    directives.filter((one) => one.kind === "deployment"),
  );
}

/** The directive of its kind that counts for a launch of a file. */
function ofLaunch<D extends Directive>(file: LaunchFile, index: number, ofKind: readonly D[]): D | undefined {
  const { launches, text } = file;
  const launch = launches[index];
  if (ofKind.length === 0 || !launch) return undefined;
  const { block } = launch;
  const others = blocksOf(file).filter((one) => !isSame(one, block));
  const counting = ofKind.filter(({ span }) => !others.some((one) => isIn(one, span)));
  const previousEnd = launches[index - 1]?.span.end ?? 0;
  const startOf = (one: Launch | undefined) => one?.arguments[0]?.span.start ?? text.length;
  // The first launch of a block is, like that of a file, below the comments that count for all.
  const ofBlock = block ? counting.filter(({ span }) => isIn(block, span)) : [];
  const first = () => launches.find((one) => one.block && isSame(one.block, block));
  return (
    (ofBlock.length > 0 && directiveFor(ofBlock, launch.span, previousEnd, startOf(first()))) ||
    directiveFor(counting, launch.span, previousEnd, startOf(launches[0]))
  );
}

const blocks = new WeakMap<LaunchFile, readonly Span[]>();

/** The blocks of a file's launches, each once. Found once for a file, because each of its launches asks. */
function blocksOf(file: LaunchFile): readonly Span[] {
  const known = blocks.get(file);
  if (known) return known;
  const found = new Map<string, Span>();
  for (const { block } of file.launches) if (block) found.set(`${block.start}-${block.end}`, block);
  const all = [...found.values()];
  blocks.set(file, all);
  return all;
}

function isIn(outer: Span, { start, end }: Span): boolean {
  return outer.start <= start && end <= outer.end;
}

function isSame(one: Span, other: Span | undefined): boolean {
  return one.start === other?.start && one.end === other.end;
}

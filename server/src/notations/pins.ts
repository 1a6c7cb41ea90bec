/** Versions of LightLLM that are named beside a launch: in the name of an image, in what `pip` and `git` are asked for. */
import { type Pin, type Span, spanFrom } from "../launch/launch";
import { type Embedded, toFile } from "./embedded";

/** A text, and where a part of it is written in the file. */
export interface ReadText {
  readonly text: string;
  spanOf(start: number, end: number): Span;
}

/** What stands around a launch, nearest first. */
export interface Around {
  /** The images that it runs in. */
  readonly images: readonly Pin[];
  readonly installed: Installed;
}

/** What the commands so far have installed. */
export interface Installed {
  readonly packages: readonly Pin[];
  /** Whether the last sources that were fetched or entered are LightLLM's. */
  readonly inSources: boolean;
}

export const NOTHING_INSTALLED: Installed = { packages: [], inSources: false };
export const NOTHING_AROUND: Around = { images: [], installed: NOTHING_INSTALLED };

/** What surrounds a launch as its property: the image goes before what is installed; none where there is nothing. */
export function pinsOf({ images, installed: { packages } }: Around): { readonly pins?: readonly Pin[] } {
  if (images.length === 0 && packages.length === 0) return {};
  return { pins: [...images, ...packages] };
}

/** An embedded text with the places of its parts. */
export function readText(embedded: Embedded): ReadText {
  return {
    text: embedded.text,
    spanOf: (start, end) => spanFrom(toFile(embedded, start), toFile(embedded, end - 1) + 1),
  };
}

const NUMBERS = String.raw`\d{1,2}(?:\.\d+)+(?:[._-]?(?:rc|alpha|beta|dev|post|a|b)\.?\d+)*`;
const VERSION = new RegExp(`^v?${NUMBERS}$`, "i");
/** The version at the beginning of a tag; further back it needs its `v`, since `cuda12.4` has numbers too. */
const TAG_VERSION = new RegExp(
  `^(?:v?${NUMBERS}|main-\\d{4}-\\d\\d(?:-\\d\\d)?)(?![^-_+])|(?<=[-_])v${NUMBERS}(?![^-_+])`,
  "i",
);
/** The last part of an image's name, its tag, and a digest behind it; a port of a registry stands before a slash. */
const IMAGE = /(?:^|[/#])([\w.-]+):(\w[\w.-]*)(?:@sha256:\w+)?$/;

/** The version that the name of an image pins; none for another image, and for a tag that moves. */
export function pinOfImage({ text, spanOf }: ReadText): Pin | undefined {
  const image = IMAGE.exec(text);
  const [, name = "", tag = ""] = image ?? [];
  if (!image || !/lightllm/i.test(name)) return undefined;
  const version = TAG_VERSION.exec(tag);
  if (!version) return undefined;
  const start = text.indexOf(":", image.index + image[0].indexOf(name) + name.length) + 1 + version.index;
  return { kind: "image", version: version[0], span: spanOf(start, start + version[0].length) };
}

const EXACT = /^lightllm(?:\[[^\]]*\])?[ \t]*={2,3}[ \t]*([^\s,;+]+)/i;
const FROM_SOURCES = /(?:^|\/|@[ \t]*)git\+\S*[/:]lightllm(?:\.git)?\/?@([^\s#&]+)/i;

/** The version that a requirement of `pip` pins. */
export function pinOfRequirement({ text, spanOf }: ReadText): Pin | undefined {
  const match = EXACT.exec(text) ?? FROM_SOURCES.exec(text);
  const version = match?.[1];
  if (!match || version === undefined || !VERSION.test(version)) return undefined;
  const start = match.index + match[0].length - version.length;
  return { kind: "package", version, span: spanOf(start, start + version.length) };
}

/** The version that a tag of LightLLM's sources is. */
export function pinOfTag({ text, spanOf }: ReadText): Pin | undefined {
  const version = text.replace(/^(?:refs\/)?tags\//, "");
  if (!VERSION.test(version)) return undefined;
  return { kind: "package", version, span: spanOf(text.length - version.length, text.length) };
}

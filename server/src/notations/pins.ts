/** Versions of LightLLM named near a launch: in the name of an image, or in arguments of `pip` and `git`. */
import { type Pin, type Span, spanFrom } from "../launch/launch";
import { type Embedded, toFile } from "./embedded";

/** A text, and the place in the file of each part. */
export interface PlacedText {
  readonly text: string;
  spanOf(start: number, end: number): Span;
}

/** Versions near a launch, nearest first. */
export interface Around {
  /** The images that it runs in. */
  readonly images: readonly Pin[];
  readonly installed: Installed;
}

/** Packages installed by the commands so far. */
export interface Installed {
  readonly packages: readonly Pin[];
  /** Whether the last sources that were fetched or entered are LightLLM's. */
  readonly inSources: boolean;
}

export const NOTHING_INSTALLED: Installed = { packages: [], inSources: false };
export const NOTHING_AROUND: Around = { images: [], installed: NOTHING_INSTALLED };

/** The versions near a launch as its property: the image takes precedence over packages; empty if there are none. */
export function pinsOf({ images, installed: { packages } }: Around): { readonly pins?: readonly Pin[] } {
  if (images.length === 0 && packages.length === 0) return {};
  return { pins: [...images, ...packages] };
}

/** An embedded text with the places of its parts. */
export function placedText(embedded: Embedded): PlacedText {
  return {
    text: embedded.text,
    spanOf: (start, end) => spanFrom(toFile(embedded, start), toFile(embedded, end - 1) + 1),
  };
}

const NUMBERS = String.raw`\d{1,2}(?:\.\d+)+(?:[._-]?(?:rc|alpha|beta|dev|post|a|b)\.?\d+)*`;
const VERSION = new RegExp(`^v?${NUMBERS}$`, "i");
/** A version at the beginning of a tag; further back it needs a `v`, because `cuda12.4` contains numbers too. */
const TAG_VERSION = new RegExp(
  `^(?:v?${NUMBERS}|main-\\d{4}-\\d\\d(?:-\\d\\d)?)(?![^-_+])|(?<=[-_])v${NUMBERS}(?![^-_+])`,
  "i",
);
/** The last part of an image's name, its tag, and its digest; a registry's port is before a slash. */
const IMAGE = /(?:^|[/#])([\w.-]+):(\w[\w.-]*)(?:@sha256:\w+)?$/;

/** The version in an image's name; undefined for other images, and for tags that change. */
export function pinOfImage({ text, spanOf }: PlacedText): Pin | undefined {
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

/** The version in a requirement of `pip`. */
export function pinOfRequirement({ text, spanOf }: PlacedText): Pin | undefined {
  const match = EXACT.exec(text) ?? FROM_SOURCES.exec(text);
  const version = match?.[1];
  if (!match || version === undefined || !VERSION.test(version)) return undefined;
  const start = match.index + match[0].length - version.length;
  return { kind: "package", version, span: spanOf(start, start + version.length) };
}

/** The version in a tag of LightLLM's sources. */
export function pinOfTag({ text, spanOf }: PlacedText): Pin | undefined {
  const version = text.replace(/^(?:refs\/)?tags\//, "");
  if (!VERSION.test(version)) return undefined;
  return { kind: "package", version, span: spanOf(text.length - version.length, text.length) };
}

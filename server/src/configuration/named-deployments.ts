/** Which files the patterns of a configuration name: those of deployments, and those that are checked or not. */
import picomatch from "picomatch/posix";
import type { Configuration } from "./configuration";

/** The names of the deployments that a file belongs to. @param path relative to the configuration's folder, with `/`. */
export function namesFor(path: string, { deployments }: Configuration): string[] {
  return deployments
    .filter(({ globs }) => globs.some((glob) => matcherOf(glob)(path)))
    .map(({ name }) => name);
}

/**
 * Whether patterns name a file, or a folder that it is in. A pattern without `/` names files and folders everywhere.
 *
 * @param path relative to the configuration's folder, with `/`.
 */
export function isNamedBy(path: string, globs: readonly string[]): boolean {
  if (globs.length === 0 || path.startsWith("../")) return false;
  const parts = path.split("/");
  const paths = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  return globs.some((glob) => {
    const pattern = glob.replace(/\/+$/, "");
    const matches = matcherOf(pattern);
    return (pattern.includes("/") ? paths : parts).some((one) => matches(one));
  });
}

/** Whether a configuration lets a file be checked. */
export function isChecked(path: string, { include, exclude }: Configuration): boolean {
  return !isNamedBy(path, exclude) && (!include || isNamedBy(path, include));
}

/** The folder, relative to the configuration, that contains all files of a pattern; and whether folders below count. */
export function baseOf(glob: string): { readonly folder: string; readonly isPath: boolean } {
  const { base, isGlob } = picomatch.scan(plain(glob));
  return { folder: base, isPath: !isGlob };
}

const matchers = new Map<string, (path: string) => boolean>();

/** Limit for cached patterns; more than a project has. */
const MOST_MATCHERS = 1000;

function matcherOf(glob: string): (path: string) => boolean {
  const before = matchers.get(glob);
  if (before) return before;
  if (matchers.size >= MOST_MATCHERS) matchers.clear();
  const matcher = picomatch(plain(glob), { nocase: false, dot: true, maxLength: LONGEST_GLOB });
  matchers.set(glob, matcher);
  return matcher;
}

/** Limit of picomatch for a pattern, in characters. */
const LONGEST_GLOB = 4096;

function plain(glob: string): string {
  return glob.replace(/^\.\//, "");
}

/** Names of releases, models and GPUs that people write in comments and settings, and that nothing is known of. */
import { findRelease } from "../catalogue/find-release";
import type { FitFacts } from "../catalogue/fit-facts";
import type { Catalogue } from "../catalogue/types";
import { gpuNames, readGpu } from "../fit/gpu";
import { shortened } from "../launch/visible-text";
import { say } from "../messages";
import { fold, nearest } from "./nearest";
import { alternatives } from "./rules/rule";

/** Why a name means nothing, and which ones may be meant, the likeliest first. */
export interface NameFault {
  readonly message: string;
  readonly meant: readonly string[];
  /** The one that is certainly meant. */
  readonly sure?: string | undefined;
}

/** What is wrong with the name of a release; undefined if it is known. */
export function releaseNameFault(typed: string, catalogue: Catalogue): NameFault | undefined {
  if (findRelease(typed, catalogue)) return undefined;
  const names = catalogue.releases.map(({ name }) => name);
  const known = names.join(", ");
  const message = typed
    ? say("rule.no-release", { name: shortened(typed), known })
    : say("rule.release-missing", { known });
  return { message, meant: releasesMeant(typed, names), sure: releaseInOtherLetters(typed, names) };
}

/** What is wrong with the name of a public model; undefined if it is known, in any capitals. */
export function modelNameFault(written: string, catalogue: Catalogue): NameFault | undefined {
  const names = Object.keys(catalogue.publicModels());
  const typed = written.toLowerCase();
  if (names.some((name) => name.toLowerCase() === typed)) return undefined;
  const count = names.length;
  const name = shortened(written);
  const meant = modelsMeant(typed, names);
  if (typed === "") return { message: say("model.name-missing"), meant };
  const message =
    meant.length > 0
      ? say("model.not-known-near", { name, count, near: alternatives(meant) })
      : say("model.not-known", { name, count });
  return { message, meant };
}

/** What is wrong with a name of GPUs; undefined if it is known. */
export function gpuNameFault(written: string, facts: FitFacts): NameFault | undefined {
  if (readGpu(written, facts)) return undefined;
  const names = gpuNames(facts);
  const known = names.join(", ");
  const [whole = "", count] = written.split(/[x×*](?=\d{1,4}$)/i);
  const near = nearest(whole.toUpperCase(), names).slice(0, 3);
  const name = shortened(written);
  return {
    message: name === "" ? say("fit.gpu-missing", { known }) : say("fit.gpu-not-known", { name, known }),
    meant: near.map((one) => (count === undefined ? one : `${one}x${count}`)),
  };
}

/** The models whose names are most like a typed one: with the same name of another owner, else with similar letters. */
function modelsMeant(typed: string, names: readonly string[]): string[] {
  const last = typed.split("/").at(-1);
  const same = names.filter((name) => name.toLowerCase().split("/")[1] === last);
  if (typed === "" || same.length > 0) return same;
  const alike = nearest(
    typed,
    names.map((name) => name.toLowerCase()),
  );
  return names.filter((name) => alike.includes(name.toLowerCase())).slice(0, 3);
}

/** The release that differs from the typed name only in capitals and white space: `V1.1.0`. */
function releaseInOtherLetters(typed: string, names: readonly string[]): string | undefined {
  return names.find((name) => fold(name) === fold(typed.trim()) || fold(name) === fold(`v${typed.trim()}`));
}

/** `1.1` and `v1.1` mean v1.1.0, not another name with similar letters. */
function releasesMeant(typed: string, names: readonly string[]): string[] {
  const begun = names.filter((name) => typed !== "" && fold(name).startsWith(fold(typed)));
  const numbered = names.filter((name) => typed !== "" && name.startsWith(`v${typed}`));
  const meant = [...new Set([...begun, ...numbered])];
  return meant.length > 0 ? meant.slice(-3).reverse() : nearest(typed, names);
}

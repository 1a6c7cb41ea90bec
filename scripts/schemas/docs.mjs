// @ts-check
/**
 * Compiles the documentation of a flag or variable: the facts become one list, their ranges of releases become lists,
 * and the sources are left out. The schema demands a source of each fact; here the summary's is checked.
 */
import { releasesIn } from "./rules.mjs";

/**
 * @typedef {{ say: string, source: string | string[], releases?: string, with?: string | string[] }} FactSource
 * @typedef {{ text: string, kind?: string, with?: string[], releases?: string[] }} Fact
 */

/** The parts of a documentation in the order in which they are shown, and the kind of their facts. */
const PARTS = { details: undefined, derived: "derived", interacts: "interacts", traps: "trap" };

/** Compiles documentation against the known releases and names, and reports what is not as it should be. */
export class DocsCompiler {
  /**
   * @param {readonly string[]} releases old to new
   * @param {ReadonlySet<string>} names the flags without dashes, and the variables
   */
  constructor(releases, names) {
    this.releases = releases;
    this.names = names;
  }

  /**
   * @param {string} name @param {Record<string, any>} doc as it is written
   * @param {readonly string[]} having the releases that have the flag or variable
   * @param {import("./yaml-file.mjs").YamlFile} file
   */
  compile(name, { source, ...doc }, having, file) {
    if (source === undefined) throw file.error([name], `${name} has no source for its summary.`);
    for (const language of ["en", "zh"]) {
      const text = doc[language];
      if (!text) continue;
      /** @param {(string | number)[]} keys @param {string} message */
      const errorAt = (keys, message) => file.error([name, language, ...keys], message);
      /** @type {Fact[]} */
      const facts = [];
      for (const [part, kind] of Object.entries(PARTS)) {
        if (!Array.isArray(text[part])) continue;
        for (const [index, fact] of text[part].entries())
          facts.push(this.#fact(fact, kind, having, errorAt, [part, index]));
      }
      /** @type {Record<string, Fact[]>} */
      const values = {};
      for (const [word, meaning] of Object.entries(text.values ?? {}))
        values[word] = [meaning]
          .flat()
          .map((fact) => this.#fact(fact, undefined, having, errorAt, ["values", word]));
      doc[language] = { summary: text.summary, facts, ...(text.values && { values }) };
    }
    return doc;
  }

  /**
   * @param {FactSource} fact @param {string | undefined} kind @param {readonly string[]} having
   * @param {(keys: (string | number)[], message: string) => Error} errorAt @param {(string | number)[]} keys
   * @returns {Fact}
   */
  #fact({ say, source, releases, with: others }, kind, having, errorAt, keys) {
    const covered =
      releases === undefined ? undefined : this.#covered(releases, errorAt, [...keys, "releases"]);
    const holding = (covered ?? this.releases).filter((release) => having.includes(release));
    if (holding.length === 0) throw errorAt(keys, `no release ${releases ?? ""} has this.`);
    const named = [source].flat().map((place) => place.split(" ")[0] ?? "");
    const outside = named.filter((one) => this.releases.includes(one) && !holding.includes(one));
    if (outside.length > 0)
      throw errorAt([...keys, "source"], `the source is of ${outside.join(", ")}, where this does not hold.`);
    const partners = others === undefined ? undefined : [others].flat();
    const unknown = partners?.find((other) => !this.names.has(other));
    if (unknown !== undefined) throw errorAt(keys, `there is no flag or variable ${unknown}.`);
    const isAdvice = named.includes("advice");
    return {
      text: say,
      ...((kind ?? isAdvice) && { kind: kind ?? "advice" }),
      ...(partners && { with: partners }),
      ...(covered && { releases: covered }),
    };
  }

  /**
   * @param {string} range @param {(keys: (string | number)[], message: string) => Error} errorAt
   * @param {(string | number)[]} keys
   */
  #covered(range, errorAt, keys) {
    const covered = releasesIn(range, this.releases);
    if (covered.length === 0) throw errorAt(keys, `there are no releases ${range}.`);
    return covered;
  }
}

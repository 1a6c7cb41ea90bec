// @ts-check
/** Files of releases that contain only differences from another release: `extends: v1.2.0`. */

/**
 * Reads a file for each release, and puts each on top of the one that it extends.
 * @template T
 * @param {readonly string[]} releases
 * @param {(release: string) => Promise<import("./yaml-file.mjs").YamlFile>} read
 * @param {(file: import("./yaml-file.mjs").YamlFile, base: T | undefined) => T} build
 * @returns {Promise<Map<string, T>>} by release
 * @throws {import("./source-error.mjs").SourceError} if `extends` names no release, or leads back to its own
 */
export async function readExtending(releases, read, build) {
  /** @type {Map<string, import("./yaml-file.mjs").YamlFile>} */
  const files = new Map();
  for (const release of releases) files.set(release, await read(release));
  /** @type {Map<string, T>} */
  const built = new Map();

  /** @param {string} release @param {readonly string[]} above the releases that extend this one @returns {T} */
  const get = (release, above) => {
    const known = built.get(release);
    if (known !== undefined) return known;
    const file = /** @type {import("./yaml-file.mjs").YamlFile} */ (files.get(release));
    /** @type {string | undefined} */
    const other = file.value.extends;
    const path = [...above, release];
    if (other !== undefined && !files.has(other)) {
      const known = releases.filter((one) => one !== release).join(", ");
      throw file.error(["extends"], `there is no release '${other}' to extend. Known: ${known}.`);
    }
    if (other !== undefined && path.includes(other))
      throw file.error(
        ["extends"],
        `the releases extend each other in a circle: ${[...path.slice(path.indexOf(other)), other].join(" → ")}.`,
      );
    const made = build(file, other === undefined ? undefined : get(other, path));
    built.set(release, made);
    return made;
  };
  for (const release of releases) get(release, []);
  return built;
}

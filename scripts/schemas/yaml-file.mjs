// @ts-check
/** Reads the YAML files in `schemas/`, and reports errors with file and line. */
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { SourceError } from "./source-error.mjs";

/** @typedef {readonly (string | number)[]} Keys the path to a value: keys of mappings and indices of lists */

/** A YAML file, its value, and the line of each part of it. */
export class YamlFile {
  /** @type {any} */
  value;
  #lines = new LineCounter();
  #document;

  /**
   * @param {string} name path for display: `schemas/startup/v1.2.0.yaml`
   * @param {string} text
   * @throws {SourceError} if the text is not YAML
   */
  constructor(name, text) {
    this.name = name;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const errors = this.#document.errors.map(
      ({ message, pos }) => `${this.name}:${this.#lines.linePos(pos[0]).line}: ${message}`,
    );
    if (errors.length > 0) throw new SourceError(errors.join("\n"));
    this.value = this.#document.toJS();
  }

  /** File and line of a value, or of the last existing part of its path. @param {Keys} keys */
  place(keys) {
    let start = 0;
    /** @type {unknown} */
    let node = this.#document.contents;
    for (const key of keys) {
      if (isAlias(node)) node = node.resolve(this.#document);
      const part = isMap(node)
        ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
        : isSeq(node)
          ? node.items[Number(key)]
          : undefined;
      if (part === undefined) break;
      const written = isPair(part) ? part.key : part;
      start = /** @type {any} */ (written)?.range?.[0] ?? start;
      node = isPair(part) ? part.value : part;
    }
    return `${this.name}:${this.#lines.linePos(start).line}`;
  }

  /** An error at a value. @param {Keys} keys @param {string} message one sentence */
  error(keys, message) {
    return new SourceError(`${this.place(keys)}: ${message}`);
  }

  /**
   * Validates the value with a JSON Schema.
   * @param {import("ajv").ValidateFunction} validate compiled with `allErrors` and `verbose`
   * @param {unknown} [value] the processed value, if it is not the value itself
   * @throws {SourceError} one line for each error
   */
  check(validate, value = this.value) {
    if (validate(value)) return;
    const lines = (validate.errors ?? []).flatMap((error) => {
      const keys = error.instancePath.split("/").slice(1).map(decode);
      const known = mistake(error, keys);
      return known ? [`${this.place(known.keys)}: ${known.message}`] : [];
    });
    throw new SourceError([...new Set(lines)].join("\n") || `${this.name} does not fit its schema.`);
  }
}

/**
 * @param {string} folder the folder `schemas`
 * @param {string} path below it
 * @param {string} [missing] what to say if there is no such file
 */
export async function readYamlFile(folder, path, missing) {
  const full = join(folder, path);
  const name = relative(join(folder, ".."), full).split(sep).join("/");
  const text = await readFile(full, "utf8").catch(() => {
    throw new SourceError(missing ?? `${name} is missing.`);
  });
  return new YamlFile(name, text);
}

/** @param {string} part of a JSON pointer */
function decode(part) {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * The message and place of a schema error; undefined for one that only says that a part has failed.
 * @param {import("ajv").ErrorObject} error
 * @param {string[]} keys
 */
function mistake({ keyword, params, message, parentSchema }, keys) {
  const at = keys.at(-1) ?? "the file";
  switch (keyword) {
    case "if":
    case "anyOf":
    case "oneOf":
      return undefined;
    case "additionalProperties": {
      const known = Object.keys(parentSchema?.properties ?? {});
      const among = known.length > 0 ? ` Known: ${known.join(", ")}.` : "";
      const field = params.additionalProperty;
      return { keys: [...keys, field], message: `there is no field '${field}' here.${among}` };
    }
    case "required":
      return { keys, message: `the field '${params.missingProperty}' is missing.` };
    case "enum":
      return { keys, message: `'${at}' must be one of ${params.allowedValues.join(", ")}.` };
    case "const":
      return { keys, message: `'${at}' must be ${params.allowedValue}.` };
    case "type":
      return { keys, message: `'${at}' must be of the type ${[params.type].flat().join(" or ")}.` };
    default:
      return { keys, message: `'${at}' ${message}.` };
  }
}

/** Services of a Compose file whose image is built: where its Dockerfile is, and how the image is started. */
import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLSeq } from "yaml";
import type { BuiltService } from "../../launch/built-service";
import { type YamlSource, yamlList } from "../containers/yaml-list";
import { mapOf, statedAt, statedScalar } from "../containers/yaml-stated";
import { spanOf } from "../yaml-text/nodes";
import type { MapEntry, YamlTree } from "../yaml-text/tree";
import type { Service } from "./services";

/** The image that a service builds and starts; undefined if a part of that is not known. */
export function builtService(service: Service, source: YamlSource): BuiltService | undefined {
  const { build, entrypoint, command, environment, site, key, name, isPartial } = service;
  const [entry, another] = build;
  if (!entry || another || isPartial || isWritten(entrypoint)) return undefined;
  const from = placeOf(entry, source.tree);
  const words = isWritten(command) ? wordsOf(command, source) : undefined;
  if (!from || (isWritten(command) && !words)) return undefined;
  return {
    ...from,
    ...(name !== undefined && { name }),
    site,
    span: spanOf(key, source.tree.document),
    variables: environment.map(({ name, value: { text, span } }) => ({ name, text, span })),
    ...(words && command && { words, wordsSpan: spanOf(command.key, source.tree.document) }),
  };
}

/** Whether a key has a value; `null` leaves what the image has. */
function isWritten(entry: MapEntry | undefined): entry is MapEntry {
  const value = entry?.value;
  return (
    value !== undefined && value !== null && !(isScalar(value) && /^(?:~|null|)$/i.test(sourceIn(value)))
  );
}

function sourceIn(value: ParsedNode): string {
  return isScalar(value) ? String((value as Scalar.Parsed).source ?? "") : "";
}

type Place = Pick<BuiltService, "file" | "stage" | "buildArguments">;

/** The Dockerfile of `build:` as a path or a mapping. */
function placeOf({ value }: MapEntry, tree: YamlTree): Place | undefined {
  if (isScalar(value)) {
    const folder = statedScalar(value, tree)?.text;
    const file = folder === undefined ? undefined : pathIn(folder, "Dockerfile");
    return file === undefined ? undefined : { file, buildArguments: [] };
  }
  const map = mapOf(value);
  if (!map || tree.entry(map, "dockerfile_inline")) return undefined;
  const text = (name: string, otherwise: string) =>
    isWritten(tree.entry(map, name)) ? statedAt(map, name, tree)?.text : otherwise;
  const [folder, name, stage] = [text("context", "."), text("dockerfile", "Dockerfile"), text("target", "")];
  const buildArguments = argumentNames(tree.entry(map, "args"), tree);
  if (folder === undefined || name === undefined || stage === undefined || !buildArguments) return undefined;
  const file = pathIn(folder, name);
  return file === undefined ? undefined : { file, buildArguments, ...(stage !== "" && { stage }) };
}

/** A file in a folder; undefined for a repository or an archive. */
function pathIn(folder: string, name: string): string | undefined {
  if (/[:#@~]|^\s*$|^-$/.test(folder) || /^\s*$/.test(name)) return undefined;
  return name.startsWith("/") ? name : `${folder.replace(/\/+$/, "") || "/"}/${name}`;
}

/** The names in `args:`, a mapping or a list; undefined if one is not known. */
function argumentNames(entry: MapEntry | undefined, tree: YamlTree): readonly string[] | undefined {
  if (!isWritten(entry)) return [];
  const { value } = entry;
  const map = mapOf(value);
  const names = map
    ? tree.entries(map).map(({ key }) => String(key.source))
    : isSeq(value)
      ? (value.items as ParsedNode[]).map((item) => nameIn(tree.resolve(item)))
      : [undefined];
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** The name in `NAME=value`. */
function nameIn(node: ParsedNode | null): string | undefined {
  const source = isScalar(node) ? sourceIn(node) : "";
  return /^\w+(?==|$)/.exec(source)?.[0];
}

/** The words of a command, if all are known. */
function wordsOf({ value, apart }: MapEntry, source: YamlSource): readonly string[] | undefined {
  if (isSeq(value)) {
    const { items } = yamlList(value as YAMLSeq.Parsed, source, apart);
    const words = items.map(({ word }) => word.text);
    return words.every((word) => word !== undefined) ? words : undefined;
  }
  if (isMap(value)) return undefined;
  // Words without quotes and signs: what Compose does with them needs no shell.
  const text = statedScalar(value, source.tree)?.text.trim();
  return text && /^[\w\s./:=,@+%-]+$/.test(text) ? text.split(/\s+/) : undefined;
}

/** Computes what a container needs to run a launch, from its effective values. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import type { Launch } from "../launch/launch";
import { isLoopbackName } from "../launch/site";
import { expression } from "../python/expression";
import { isList, PythonError, type Value } from "../python/values";
import type { ContainerNeeds, NamedOfMachine } from "./portable";

/** The needs of a launch; unknown ones are absent. */
export function containerNeeds(
  { catalogue, notation }: LaunchDocument,
  { values, launch }: JudgedLaunch,
): ContainerNeeds {
  const facts = catalogue.container();
  const port = positive(evaluated(facts.port));
  const gpus = positive(evaluated(facts.gpus));
  const host = evaluated(facts.host);
  const address = typeof host === "string" ? addressOf(host) : undefined;
  const folders = facts.folders.flatMap((flag) => paths(values.effective(flag)?.value ?? null));
  return {
    ...(port !== undefined && { port }),
    ...(address && { address }),
    ...(gpus !== undefined && { gpus }),
    folders: [...new Set(folders)],
    sharedMemory: facts.shared_memory,
    machine: notation.purpose === "container" ? NOTHING : ofMachine(launch, facts, folders),
  };

  function evaluated(source: string): Value | undefined {
    try {
      return expression(source).evaluate(values);
    } catch (error) {
      if (error instanceof PythonError) return undefined;
      throw error;
    }
  }
}

/** The flags and variables whose values are of a machine; `schemas/container.yaml`. */
type FlagLists = Readonly<Record<"folders" | "files" | "network_devices", readonly string[]>>;

const NOTHING: NamedOfMachine = { paths: [], relativePaths: [], networkDevices: [] };

/** Folders that images have as well: a variable with a path in one of them may mean the image's. */
const OF_IMAGES = /^\/(?:usr|opt|bin|lib|lib64|dev|proc|sys|tmp|var\/tmp)(?:\/|$)/;

function ofMachine(
  launch: Launch,
  { folders, files, network_devices }: FlagLists,
  mounted: readonly string[],
): NamedOfMachine {
  const given = launch.arguments.flatMap(({ flag, words }) => {
    const key = flag.replace(/^--/, "");
    // A model folder without a slash at its start may be the name of a public model.
    const isPath = (path: string) =>
      files.includes(key) || (folders.includes(key) && /^(?:\/|\.{1,2}\/|~)/.test(path));
    return words.flatMap(({ text }) => (text && isPath(text) ? [{ name: flag, text }] : []));
  });
  const set = launch.environment.flatMap(({ name, value: { text } }) => (text ? [{ name, text }] : []));
  const isAbsolute = (text: string) => text.startsWith("/");
  const isMounted = (path: string) =>
    mounted.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const flag = ({ name, text }: { name: string; text: string }) => `${name} ${text}`;
  const variable = ({ name, text }: { name: string; text: string }) => `${name}=${text}`;
  const paths = [
    ...given.filter(({ text }) => isAbsolute(text) && !isMounted(text)).map(flag),
    ...set.filter(({ text }) => isAbsolute(text) && !isMounted(text) && !OF_IMAGES.test(text)).map(variable),
  ];
  return {
    paths,
    relativePaths: given.filter(({ text }) => !isAbsolute(text)).map(flag),
    networkDevices: set.filter(({ name }) => network_devices.includes(name)).map(variable),
  };
}

/** An address on which nothing outside a new container would reach the server. */
function addressOf(host: string): ContainerNeeds["address"] {
  if (isLoopbackName(host)) return { host, isLoopback: true };
  const isOfMachine = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) && host !== "0.0.0.0";
  return isOfMachine ? { host, isLoopback: false } : undefined;
}

function positive(value: Value | undefined): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && number > 0 && Number.isInteger(number) ? number : undefined;
}

function paths(value: Value): string[] {
  const items = isList(value) ? value : [value];
  return items.flatMap((item) => (typeof item === "string" && item.startsWith("/") ? [item] : []));
}

/** Computes what a container needs to run a launch, from its effective values. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { isLoopbackName } from "../launch/site";
import { expression } from "../python/expression";
import { isList, PythonError, type Value } from "../python/values";
import type { ContainerNeeds } from "./portable";

/** The needs of a launch; unknown ones are absent. */
export function containerNeeds({ catalogue }: LaunchDocument, { values }: JudgedLaunch): ContainerNeeds {
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

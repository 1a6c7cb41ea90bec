/** What a project's `.lightllm-config.yaml` says; other keys are left to later versions. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { say } from "../messages";

/** A deployment by name, and the files that hold its launches. */
export interface NamedDeployment {
  readonly name: string;
  /** Glob patterns, relative to the folder of the configuration, with `/` between their parts. */
  readonly globs: readonly string[];
}

export interface Configuration {
  readonly deployments: readonly NamedDeployment[];
}

export interface ConfigurationReading {
  readonly configuration: Configuration;
  /** What cannot be used: one sentence each, with the line, counted from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** Limit for patterns of a file, so that matching is bounded. */
const MOST_GLOBS = 200;

/** Reads the text of a configuration. Never throws; what is not understood is a problem and has no effect. */
export function readConfiguration(text: string): ConfigurationReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  const problems: { line: number; message: string }[] = [];
  const complainAt = (offset: number, message: string) =>
    problems.push({ line: lines.linePos(offset).line, message });
  const [error] = document.errors;
  if (error) {
    complainAt(error.pos[0], say("configuration.no-yaml"));
    return { configuration: { deployments: [] }, problems };
  }
  const root = document.contents;
  const written = isMap(root) ? root.get("deployments", true) : undefined;
  if (root && !isMap(root)) complainAt(root.range[0], say("configuration.no-mapping"));
  if (written === undefined || (isScalar(written) && written.value === null)) {
    return { configuration: { deployments: [] }, problems };
  }
  if (!isMap(written)) {
    complainAt(offsetOfNode(written), say("configuration.deployments-no-mapping"));
    return { configuration: { deployments: [] }, problems };
  }
  let left = MOST_GLOBS;
  const deployments = written.items.flatMap(({ key, value }): NamedDeployment[] => {
    const name = isScalar(key) ? String(key.value) : "";
    const items = isSeq(value) ? value.items : [value];
    const globs = items.map((item) => (isScalar(item) && typeof item.value === "string" ? item.value : ""));
    if (name === "" || globs.length === 0 || globs.includes("") || globs.length > left) {
      complainAt(offsetOfNode(key), say("configuration.deployment-no-globs", { name }));
      return [];
    }
    left -= globs.length;
    return [{ name, globs }];
  });
  return { configuration: { deployments }, problems };
}

function offsetOfNode(node: unknown): number {
  return (node as { readonly range?: readonly [number, number, number] }).range?.[0] ?? 0;
}

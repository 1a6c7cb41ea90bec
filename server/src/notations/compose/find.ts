/** Finds the launches of a Compose file: what each service runs. */

import { isScalar, isSeq, type Scalar, type YAMLSeq } from "yaml";
import { keepMeanings } from "../../launch/meaning";
import { isMarked, type YamlSource, yamlList, yamlShell } from "../containers/yaml-list";
import { type Embedded, oneAfterOther } from "../embedded";
import { KEEPS_COMMANDS } from "../list/needs-shell";
import {
  type CommandContext,
  type CommandList,
  type FoundLaunches,
  joinLaunches,
  readCommand,
  readShell,
  type ShellReading,
  withName,
} from "../list/read-command";
import { NOTHING_AROUND } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { inImage } from "../read-invocation";
import type { YamlDocument, YamlStream } from "../yaml-text/stream";
import { templateLines } from "../yaml-text/template-lines";
import { type MapEntry, YamlTree } from "../yaml-text/tree";
import { builtService } from "./builds";
import { withoutShell } from "./no-shell";
import { expandCompose, IN_COMPOSE, type Service, servicesOf } from "./services";
import { splitByCompose } from "./split-words";
import { composeTraits, mayBuild } from "./traits";

export function findInCompose(text: string, cache: YamlStream<FoundLaunches>): FoundLaunches {
  return joinLaunches(
    cache.read(
      text,
      (document, earlier) => {
        const found = readDocument(text, document);
        keepMeanings(found.launches, earlier?.launches);
        return found;
      },
      mayBeOfUse,
    ),
  );
}

/** Whether a text may hold a launch, or start an image that may have one. */
export function mayBeOfUse(text: string): boolean {
  return mayHoldLaunch(text) || mayBuild(text);
}

function readDocument(text: string, document: YamlDocument): FoundLaunches {
  const source = {
    text,
    tree: new YamlTree(document),
    lines: templateLines(document),
    expand: expandCompose,
    references: IN_COMPOSE,
    refusesNothing: true,
  };
  const services = servicesOf(source);
  const images = imagesOfProgram(services, source);
  return joinLaunches(
    services.map((service) => {
      const found = withName(service.name, readService(service, images, source));
      const built = found.launches.length === 0 ? builtService(service, source) : undefined;
      return built ? { ...found, builds: [built] } : found;
    }),
  );
}

/** Reads a service: its entry point with its command as arguments. */
function readService(service: Service, images: ReadonlySet<string>, source: YamlSource): FoundLaunches {
  const { entrypoint, command, environment, pin, image, site } = service;
  const around = { ...NOTHING_AROUND, images: pin ? [pin] : [] };
  const outside = inImage("container", image, site);
  const context: CommandContext = {
    text: source.text,
    notation: composeTraits,
    keeps: KEEPS_COMMANDS,
    environment,
    around,
    outside,
  };
  const start = partOf(entrypoint, source);
  const rest = partOf(command, source);
  if (rest && isMarked(command, source)) return readMarked(rest, context);
  if (rest && !start && images.has(image?.text ?? image?.source ?? "") && beginsWithFlag(rest))
    return readArguments(rest, context);
  if (start?.kind === "list" && rest?.kind === "list") return readCommand([start.list, rest.list], context);
  if (start && rest && isProgram(start)) {
    // The entry point starts the program, and the arguments follow, even in another form.
    if (start.kind === "list" || rest.kind === "list") return readArguments(rest, context);
    return readSplit(oneAfterOther(start.embedded, rest.embedded), context, { isProgram: true });
  }
  const parts = [start, rest].filter((part) => part !== undefined);
  return joinLaunches(
    parts.map((part) =>
      readPart(part, start ? context : { ...context, mayHaveShell: true }, part === start || !start),
    ),
  );
}

type Part =
  | { readonly kind: "list"; readonly list: CommandList }
  | { readonly kind: "shell"; readonly embedded: Embedded };

function partOf(entry: MapEntry | undefined, source: YamlSource): Part | undefined {
  const value = entry?.value;
  if (isSeq(value))
    return { kind: "list", list: yamlList(value as YAMLSeq.Parsed, source, entry?.apart ?? false) };
  if (!isScalar(value) || !value.source) return undefined;
  return { kind: "shell", embedded: yamlShell(value as Scalar.Parsed, source) };
}

function readPart(part: Part, context: CommandContext, isProgram: boolean): FoundLaunches {
  if (part.kind === "shell") return readSplit(part.embedded, context, { isProgram });
  return readCommand([part.list], { ...context, mayBeArguments: !isProgram });
}

/** Reads a string that Compose splits into words itself; a shell runs it only if its words start one. */
function readSplit(
  embedded: Embedded,
  context: CommandContext,
  { isProgram = false, ...how }: Pick<ShellReading, "holds"> & { isProgram?: boolean } = {},
): FoundLaunches {
  const found = readShell(splitByCompose(embedded), context, { ...how, splitOnly: true });
  return { ...found, launches: withoutShell(found.launches, embedded, isProgram) };
}

function readMarked(part: Part, context: CommandContext): FoundLaunches {
  if (part.kind === "list") return readCommand([part.list], { ...context, onlyArguments: true });
  return readSplit(part.embedded, context, { holds: "from-first-flag" });
}

/** Arguments of an entry point that is LightLLM. */
function readArguments(part: Part, context: CommandContext): FoundLaunches {
  if (part.kind === "list") return readCommand([part.list], { ...context, onlyArguments: true });
  return readSplit(part.embedded, context, { holds: "after-program" });
}

/** Whether a part starts LightLLM without arguments. */
function isProgram(part: Part): boolean {
  if (part.kind === "list") return argumentsStart(part.list.items.map(({ word }) => word)) !== undefined;
  const words = part.embedded.text.split(/\s+/).filter((word) => word !== "");
  return argumentsStart(words.map((text) => ({ text }))) !== undefined;
}

/**
 * The images that a service starts with LightLLM as the entry point: other services with the same image only add
 * arguments.
 */
function imagesOfProgram(services: readonly Service[], source: YamlSource): ReadonlySet<string> {
  const starting = services.filter(({ entrypoint }) => {
    const part = partOf(entrypoint, source);
    return part !== undefined && isProgram(part);
  });
  return new Set(starting.flatMap(({ image }) => image?.text ?? image?.source ?? []));
}

/**
 * Whether a command has only arguments: commands of other programs begin with the program, such as `sh -c …` and `sleep
 * infinity`.
 */
function beginsWithFlag(part: Part): boolean {
  const first = part.kind === "list" ? part.list.items[0]?.word.text : part.embedded.text.trimStart();
  return first?.startsWith("-") ?? false;
}

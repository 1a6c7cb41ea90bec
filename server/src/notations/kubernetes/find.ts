/** Finds the launches of Kubernetes manifests: the command of each container. */
import { isScalar, isSeq, type Scalar, type YAMLSeq } from "yaml";
import { Allowance } from "../../launch/bounds";
import { type Span, withProblems } from "../../launch/launch";
import { keepMeanings } from "../../launch/meaning";
import { isMarked, type YamlSource, yamlList, yamlShell } from "../containers/yaml-list";
import { unknownWords } from "../list/items";
import { notTextProblem } from "../list/not-text";
import {
  type CommandContext,
  type CommandList,
  type FoundLaunches,
  joinLaunches,
  readCommand,
  readShell,
  withName,
} from "../list/read-command";
import { NOTHING_AROUND } from "../pins";
import { mayHoldLaunch } from "../program";
import { inImage } from "../read-invocation";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import type { YamlDocument, YamlStream } from "../yaml-text/stream";
import { templateLines } from "../yaml-text/template-lines";
import { type MapEntry, YamlTree } from "../yaml-text/tree";
import { type Container, containersOf, referencesTo } from "./containers";
import { kubernetesTraits } from "./traits";

export function findInKubernetes(text: string, cache: YamlStream<FoundLaunches>): FoundLaunches {
  return joinLaunches(
    cache.read(
      text,
      (document, earlier) => {
        const found = readManifest(text, document);
        keepMeanings(found.launches, earlier?.launches);
        return found;
      },
      mayHoldLaunch,
    ),
  );
}

function readManifest(text: string, document: YamlDocument): FoundLaunches {
  const allowance = new Allowance(document.text.length);
  const source = {
    text,
    tree: new YamlTree(document),
    lines: templateLines(document),
    ...referencesTo([], allowance),
  };
  const containers = containersOf(source, allowance);
  return joinLaunches(containers.map((one) => withName(one.name, readContainer(one, source, allowance))));
}

function readContainer(
  { command, args, script, pin, image, environment, notTexts }: Container,
  outer: YamlSource,
  allowance: Allowance,
): FoundLaunches {
  const source = { ...outer, ...referencesTo(environment, allowance) };
  const around = { ...NOTHING_AROUND, images: pin ? [pin] : [] };
  const outside = inImage("pod", image);
  const context: CommandContext = {
    text: source.text,
    notation: kubernetesTraits,
    environment,
    around,
    outside,
  };
  const lists = [command, args].flatMap((entry) => listOf(entry, source));
  const marked = isMarked(args, source) ? args : isMarked(command, source) ? command : undefined;
  const found = marked
    ? readCommand(listOf(marked, source), { ...context, onlyArguments: true })
    : readCommand(lists, context);
  const strings = [command, args, script].flatMap((entry) => stringOf(entry, source));
  const all = joinLaunches([found, ...strings.map((embedded) => readShell(embedded, context))]);
  const problems = notTexts.map(notTextProblem);
  return {
    ...all,
    launches: all.launches.map((one) => withProblems(one, [...(one.problems ?? []), ...problems])),
  };
}

function listOf(entry: MapEntry | undefined, source: YamlSource): CommandList[] {
  if (!entry) return [];
  const { key, value, apart } = entry;
  if (isSeq(value)) return [yamlList(value as YAMLSeq.Parsed, source, apart)];
  const { document } = source.tree;
  const span = isScalar(value) && value.source ? spanOf(value, document) : lineBelow(key, source);
  const written = span ? sourceOf(span, document) : "";
  // `args: {{ toYaml .Values.args }}` stands for any number of words.
  return span && /^\{\{.*\}\}$/s.test(written)
    ? [{ items: [unknownWords(span, written)], style: "yaml-flow", span }]
    : [];
}

/** The template on the line below a key without a value. */
function lineBelow(key: Scalar.Parsed, { text, tree, lines }: YamlSource): Span | undefined {
  const from = tree.document.start + key.range[1];
  return lines.find(
    ({ start, role }) => role === "value" && start > from && /^:\s*$/.test(text.slice(from, start)),
  );
}

/** A command written as one string, which custom resources allow and a shell runs. */
function stringOf(entry: MapEntry | undefined, source: YamlSource) {
  const value = entry?.value;
  return isScalar(value) && value.source ? [yamlShell(value as Scalar.Parsed, source)] : [];
}

/** A pod for each launch; its container can be moved into a Deployment or another workload. */

import { doubleQuoted } from "../../launch/visible-text";
import { say } from "../../messages";
import { writeElement } from "../../notations/list/elements";
import type { ContainerNeeds, PortableLaunch, PortableVariable, PortableWord } from "../portable";
import { allComments, commentLines, headLines, withComments } from "./comment-lines";
import { blockLines, itemLines, startedIn } from "./container-command";
import { type PublishedPort, publishedPort } from "./reachable";
import { SCRIPT, type ShellDialect } from "./shell-words";
import { besideImage, lightllmImage } from "./start-command";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

/** Kubernetes substitutes `$(NAME)`, also in scripts, and reads `$$` as a literal dollar. */
const KUBERNETES: ShellDialect = {
  ...SCRIPT,
  escape: (text) => text.replace(/\$(?=\$|\([\w.-]*\))/g, "$$$$"),
};

/** The text of the manifest. */
export function writeKubernetes(launches: readonly PortableLaunch[], options: WriteOptions): string {
  const names = uniqueNames(launches);
  const pods = launches.flatMap((launch, at) => {
    const name = names[at] ?? "";
    const pod = podLines(launch, name, options, options.tags[at]);
    return options.network === "names" ? [pod, serviceLines(name)] : [pod];
  });
  return `${pods.map((lines) => lines.join("\n")).join("\n---\n")}\n`;
}

function podLines(
  launch: PortableLaunch,
  named: string,
  { python, network }: WriteOptions,
  tag: string | undefined,
): string[] {
  const { environment, run } = startedIn(launch, python, KUBERNETES);
  const name = known(named);
  const variables = environment.flatMap(variableLines);
  const missing = run.kind === "words" ? missingIn(launch) : [];
  const advice = commentLines(
    missing.map((name) => say("conversion.kubernetes-variable", { name })),
    "        ",
  );
  return [
    ...headLines(besideImage(launch, tag)),
    "apiVersion: v1",
    "kind: Pod",
    "metadata:",
    `  name: ${name}`,
    ...(network === "names" ? ["  labels:", `    app: ${name}`] : []),
    "spec:",
    "  containers:",
    `    - name: ${name}`,
    `      image: ${lightllmImage(tag)}`,
    ...(run.kind === "script"
      ? [
          '      command: ["bash", "-c"]',
          "      args:",
          "        - |",
          ...blockLines(run.lines, "          "),
        ]
      : [
          `      command: [${run.program.map((word) => doubleQuoted(text(word))).join(", ")}]`,
          ...(run.arguments.length > 0 ? ["      args:"] : []),
          ...run.arguments.flatMap((argument) => itemLines(argument, "        ", scalar)),
        ]),
    ...commentLines(launch.below, "        "),
    ...(variables.length + advice.length > 0 ? ["      env:", ...variables, ...advice] : []),
    ...needLines(launch.needs, publishedPort(launch)),
  ];
}

/** A name for the address of a pod. */
function serviceLines(named: string): string[] {
  const name = known(named);
  return [
    ...commentLines([say("conversion.pod-name")]),
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    "  clusterIP: None",
    "  publishNotReadyAddresses: true",
    "  selector:",
    `    app: ${name}`,
  ];
}

/** The pod's needs: port, GPUs, model folders of the node, shared memory. */
function needLines(needs: ContainerNeeds | undefined, { port, notes }: PublishedPort): string[] {
  if (!needs) return [];
  const { gpus, folders, sharedMemory } = needs;
  const shared = gpus === undefined ? [] : [{ name: "shm", path: "/dev/shm", readOnly: false }];
  const mounts = [
    ...shared,
    ...folders.map((path, at) => ({ name: at === 0 ? "model" : `model-${at + 1}`, path, readOnly: true })),
  ];
  return [
    ...commentLines(notes, "      "),
    ...(port === undefined ? [] : ["      ports:", `        - containerPort: ${port}`]),
    ...(gpus === undefined
      ? []
      : ["      resources:", "        limits:", `          nvidia.com/gpu: ${gpus}`]),
    ...(mounts.length > 0 ? ["      volumeMounts:"] : []),
    ...mounts.flatMap(({ name, path, readOnly }) => [
      `        - name: ${name}`,
      `          mountPath: ${known(path)}`,
      ...(readOnly ? ["          readOnly: true"] : []),
    ]),
    ...(mounts.length > 0 ? ["  volumes:"] : []),
    ...mounts.flatMap(({ name, path, readOnly }) =>
      readOnly
        ? [`    - name: ${name}`, "      hostPath:", `        path: ${known(path)}`]
        : [
            `    - name: ${name}`,
            "      emptyDir:",
            "        medium: Memory",
            `        sizeLimit: ${sharedMemory}Gi`,
          ],
    ),
  ];
}

function known(text: string): string {
  return writeElement(text, "yaml-block", "");
}

/** A variable of the container; a variable that is passed on from outside has no value here. */
function variableLines({ name, value, comments }: PortableVariable): string[] {
  const { above, trailing } = comments;
  const [only] = value.parts;
  if (value.parts.length === 1 && only?.kind === "variable" && only.name === name) {
    const advice = { above: [], trailing: say("conversion.kubernetes-value") };
    const lines = withComments(`        - name: ${known(name)}`, advice);
    return [...commentLines(allComments(comments), "        "), ...lines];
  }
  return [
    ...withComments(`        - name: ${known(name)}`, { above }, "        "),
    ...withComments(`          value: ${stringScalar(value)}`, {
      above: [],
      ...(trailing !== undefined && { trailing }),
    }),
  ];
}

/** Variables that the words use and the container does not set. */
function missingIn({ arguments: given, environment }: PortableLaunch): string[] {
  const set = new Set(environment.map(({ name }) => name));
  const words = [...given.flatMap(({ values }) => values), ...environment.map(({ value }) => value)];
  const used = words.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "variable" ? part.name : [])),
  );
  return [...new Set(used)].filter((name) => !set.has(name));
}

/** Kubernetes substitutes `$(NAME)` itself, and reads `$$` as a literal dollar. */
function text({ parts }: PortableWord): string {
  return parts
    .map((part, at) => {
      if (part.kind === "variable") return `$(${part.name})`;
      if (part.kind !== "text") return part.source;
      const isBeforeVariable = parts[at + 1]?.kind === "variable";
      return part.text.replace(isBeforeVariable ? /\$(?=[$({A-Za-z_]|$)/g : /\$(?=[$({A-Za-z_])/g, "$$$$");
    })
    .join("");
}

function scalar(word: PortableWord): string {
  return writeElement(text(word), "yaml-block", "");
}

function stringScalar(word: PortableWord): string {
  return writeElement(text(word), "yaml-block", '"');
}

/** A Compose file with a service for each launch. */
import { writeElement } from "../../notations/list/elements";
import type { ContainerNeeds, PortableLaunch, PortableWord } from "../portable";
import { commentLines, headLines, withComments } from "./comment-lines";
import { blockLines, itemLines, startedIn } from "./container-command";
import { type PublishedPort, publishedPort } from "./reachable";
import type { ShellDialect } from "./shell-words";
import { besideImage, lightllmImage } from "./start-command";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

/** Compose substitutes variables itself, and reads `$$` as a literal dollar. */
const COMPOSE: ShellDialect = {
  escape: (text) => text.replaceAll("$", "$$$$"),
  variable: (name) => `\${${name}}`,
};

/** The text of the file. */
export function writeCompose(launches: readonly PortableLaunch[], options: WriteOptions): string {
  const names = uniqueNames(launches);
  const alone = launches.length === 1;
  const heads = launches.map((launch, at) =>
    headLines(besideImage(launch, options.tags[at]), alone ? "" : "  "),
  );
  const services = launches.flatMap((launch, at) => [
    ...(at > 0 ? [""] : []),
    ...(alone ? [] : (heads[at] ?? [])),
    `  ${writeElement(names[at] ?? "", "yaml-block", "")}:`,
    ...serviceLines(launch, options, options.tags[at]),
  ]);
  return `${[...(alone ? heads.flat() : []), "services:", ...services].join("\n")}\n`;
}

function serviceLines(
  launch: PortableLaunch,
  { python, network }: WriteOptions,
  tag: string | undefined,
): string[] {
  const { environment, run } = startedIn(launch, python, COMPOSE);
  const variables = environment.flatMap(({ name, value, comments }) =>
    withComments(`      ${writeElement(name, "yaml-block", "")}: ${scalar(value)}`, comments, "      "),
  );
  return [
    `    image: ${lightllmImage(tag)}`,
    ...(variables.length > 0 ? ["    environment:", ...variables] : []),
    "    command:",
    ...(run.kind === "script"
      ? ["      - bash", "      - -c", "      - |", ...blockLines(run.lines, "        ")]
      : [
          ...run.program.map((word) => `      - ${scalar(word)}`),
          ...run.arguments.flatMap((argument) => itemLines(argument, "      ", scalar)),
        ]),
    ...commentLines(launch.below, "      "),
    ...(network === "host" ? ["    network_mode: host"] : []),
    ...needLines(launch.needs, publishedPort(launch, network !== "host")),
  ];
}

/** The container's needs: port, model folders, shared memory, GPUs. */
function needLines(needs: ContainerNeeds | undefined, { port, notes }: PublishedPort): string[] {
  if (!needs) return [];
  const { gpus, folders, sharedMemory } = needs;
  // A colon would end the path.
  const mounts = folders
    .filter((folder) => !folder.includes(":"))
    .map((folder) => `      - ${text(`${folder}:${folder}:ro`)}`);
  return [
    ...commentLines(notes, "    "),
    ...(port === undefined ? [] : ["    ports:", `      - "${port}:${port}"`]),
    ...(mounts.length > 0 ? ["    volumes:", ...mounts] : []),
    ...(gpus === undefined
      ? []
      : [
          `    shm_size: ${sharedMemory}gb`,
          "    deploy:",
          "      resources:",
          "        reservations:",
          "          devices:",
          "            - driver: nvidia",
          `              count: ${gpus}`,
          "              capabilities: [gpu]",
        ]),
  ];
}

function text(known: string): string {
  return writeElement(COMPOSE.escape(known), "yaml-block", "");
}

function scalar({ parts }: PortableWord): string {
  const text = parts.map((part) => {
    if (part.kind === "variable") return COMPOSE.variable(part.name);
    return COMPOSE.escape(part.kind === "text" ? part.text : part.source);
  });
  return writeElement(text.join(""), "yaml-block", "");
}

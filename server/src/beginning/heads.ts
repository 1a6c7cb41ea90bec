/** The names of the files, and how each launch is started. */
import { say } from "../messages";
import { type Planned, slugOf } from "./members";
import type { BeginningFormat, BeginningRequest } from "./request";

/** Whether all launches of a format are in one file. */
const IN_ONE_FILE: Readonly<Record<BeginningFormat, boolean>> = {
  yaml: true,
  kubernetes: true,
  shell: false,
  compose: false,
  systemd: false,
};

/** The launches of each file, with its name. */
export function filesOf<One extends { readonly member: Planned }>(
  request: BeginningRequest,
  launches: readonly One[],
): { readonly name: string; readonly launches: readonly One[] }[] {
  const members = launches.map(({ member }) => member);
  if (IN_ONE_FILE[request.format]) return [{ name: fileOf(request, members, members[0]), launches }];
  return launches.map((one) => ({ name: fileOf(request, members, one.member), launches: [one] }));
}

function fileOf(request: BeginningRequest, members: readonly Planned[], member: Planned | undefined): string {
  const slug = slugOf(request);
  const isAlone = members.length === 1 || !member;
  const whole = isAlone ? slug : `${slug}-${request.purpose}`;
  const own = isAlone ? slug : `${slug}-${member.name}`;
  switch (request.format) {
    case "yaml":
      return `${whole}.lightllm.yaml`;
    case "kubernetes":
      return `${whole}.kubernetes.yaml`;
    case "compose":
      return `${own}.compose.yaml`;
    case "systemd":
      return `${own.replaceAll(".", "-")}.service`;
    case "shell":
      return `${own}.sh`;
  }
}

/** The comment that says how a launch is started. */
export function startLines(
  request: BeginningRequest,
  members: readonly Planned[],
  member: Planned,
): string[] {
  const file = fileOf(request, members, member);
  // Pods of one file are started together.
  if (request.format === "kubernetes" && members[0] !== member) return [];
  const isOneOfMany = request.format === "yaml" && members.length > 1;
  const command = isOneOfMany
    ? say("beginning.command-named", { file, name: member.name })
    : say(`beginning.command-${request.format}`, { file });
  return ["", say("beginning.start", { command })];
}

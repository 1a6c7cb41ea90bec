/** Finds the launches that belong together among documents. */
import type { LaunchDocument } from "../analysis/document";
import { deploymentDirectiveOf, isSwitchedOff } from "../launch/directives";
import type { Deployment, LaunchGroup, Member } from "./deployment";
import { judgeDeployment } from "./judge-deployment";

/** The deployments that the configuration names: for each the URIs of its files. */
export type NamedDeployments = Readonly<Record<string, readonly string[]>>;

/** The name that keeps a launch out of every deployment. */
const NONE = "none";

/** The deployments among documents, judged. A launch is in one at most, and a launch alone is none. */
export function deploymentsAmong(
  documents: readonly LaunchDocument[],
  named: NamedDeployments = {},
): readonly Deployment[] {
  return groupsAmong(documents, named).map(judgeDeployment);
}

/** The same without findings. */
export function groupsAmong(
  documents: readonly LaunchDocument[],
  named: NamedDeployments = {},
): readonly LaunchGroup[] {
  const byName = new Map<string, Member[]>();
  const byConfiguration = new Map<string, Member[]>();
  const groups: LaunchGroup[] = [];
  const nameOfFile = new Map(
    Object.entries(named).flatMap(([name, uris]) => uris.map((uri) => [uri, name] as const)),
  );
  for (const document of documents) {
    if (isSwitchedOff(document.directives)) continue;
    const loose: Member[] = [];
    const configured = nameOfFile.get(document.document.uri);
    for (const [index, launch] of document.launches.entries()) {
      if (launch.launch.isMention) continue;
      const member = { document, launch, index };
      const name = givenName(member);
      if (name === NONE) continue;
      if (name !== undefined) addTo(byName, name, member);
      else if (configured !== undefined) addTo(byConfiguration, configured, member);
      else loose.push(member);
    }
    groups.push({ name: fileName(document.document.uri), reason: "file", members: loose });
  }
  return [
    ...[...byName].map(([name, members]): LaunchGroup => ({ name, reason: "comment", members })),
    ...[...byConfiguration].map(
      ([name, members]): LaunchGroup => ({ name, reason: "configuration", members }),
    ),
    ...groups,
  ].filter(({ members }) => members.length > 1);
}

/** The name of a launch's deployment as its text gives it. */
function givenName({
  document: { file, directives },
  launch: { launch },
  index,
}: Member): string | undefined {
  return launch.deployment || deploymentDirectiveOf(file, index, directives)?.name || undefined;
}

function addTo(groups: Map<string, Member[]>, name: string, member: Member): void {
  const own = groups.get(name);
  if (own) own.push(member);
  else groups.set(name, [member]);
}

function fileName(uri: string): string {
  const last = uri.split("/").at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Vision servers that encode images for servers of another model, or hand them over in another folder. */
import { say } from "../../messages";
import { addressIn, isSameAddress } from "../addresses";
import { clashOf, lastPartOf } from "../agreement";
import type { LaunchGroup, Member } from "../deployment";
import { factsOf } from "../launch-facts";
import { roleOf, usesConfigServer } from "../links";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* visionDiffers({ members }: LaunchGroup): Generator<Clash<never>> {
  const all = members.filter(usesConfigServer);
  const vision = all.filter((one) => roleOf(one) === "visual_only");
  const callers = all.filter((one) => factsOf(one).value("visual_use_proxy_mode") === true);
  for (const member of vision) {
    const own = callers.filter((one) =>
      isSameAddress(addressIn(one, "config_server_host"), addressIn(member, "config_server_host")),
    );
    yield* differs(member, own, "model_dir", areOfOneModel, "deployment.vision-of-other-model");
    yield* differs(
      member,
      own,
      "afs_image_embed_dir",
      (a, b) => a === b,
      "deployment.vision-in-other-folder",
    );
  }
}

/** A path of a vision server whose last part is that of no server that it encodes images for. */
function* differs(
  member: Member,
  callers: readonly Member[],
  flag: string,
  isSame: (a: string, b: string) => boolean,
  id: "deployment.vision-of-other-model" | "deployment.vision-in-other-folder",
): Generator<Clash<never>> {
  const own = nameIn(member, flag);
  const names = callers.map((one) => nameIn(one, flag));
  const [other] = callers;
  if (own === undefined || !other || names.some((name) => name === undefined || isSame(own, name))) return;
  yield clashOf({ member, other, flag }, (shown) => say(id, shown), callers.length === 1);
}

/** The last part of a path: it may be at another place on another machine. */
function nameIn(member: Member, flag: string): string | undefined {
  const path = factsOf(member).value(flag);
  return typeof path === "string" && path !== "" ? lastPartOf(path).toLowerCase() : undefined;
}

/** A name that continues the other's may be the same model in another format. */
function areOfOneModel(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

export const rules = {
  "vision-server-differs": visionDiffers,
} satisfies DeploymentRulesIn<"deployment/rules/vision-servers.ts">;

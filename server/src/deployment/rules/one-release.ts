/** Launches of one server or of one PD deployment that are written for different releases of LightLLM. */
import { modelineOf } from "../../launch/directives";
import { type Span, spanFrom } from "../../launch/launch";
import { say } from "../../messages";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { linkedGroups, nodeCount, roleOf } from "../links";
import { nameOfMember } from "../member-name";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

/** Where the text says the release of a launch, and what. */
interface SaidRelease {
  readonly member: Member;
  readonly name: string;
  readonly span: Span;
  /** The text at the place that names it. */
  readonly written: string;
}

function* releasesDiffer({ members }: LaunchGroup): Generator<Clash<never>> {
  for (const server of linkedGroups(members)) {
    const all = server.flatMap((member) => saidRelease(member) ?? []);
    const count = (name: string) => all.filter((one) => one.name === name).length;
    const most = [...all].sort((a, b) => count(b.name) - count(a.name))[0];
    for (const one of all) {
      if (!most || one.name === most.name) continue;
      const isPart = [one, most].every(
        ({ member }) => nodeCount(member) !== undefined || roleOf(member) !== "normal",
      );
      if (!isPart) continue;
      yield {
        member: one.member,
        span: one.span,
        message: say("deployment.other-release", {
          release: one.name,
          other: most.name,
          launch: nameOfMember(most.member),
        }),
        others: [
          {
            member: most.member,
            span: most.span,
            message: say("deployment.release-here", { release: most.name }),
          },
        ],
        remedies: () => [...named(one, most), ...(all.length === 2 ? named(most, one) : [])],
      };
    }
  }
}

/** The release that a comment or an image names for a launch. */
function saidRelease(member: Member): SaidRelease | undefined {
  const { chosen } = member.launch;
  const { file, directives } = member.document;
  const { name } = chosen.release;
  if (chosen.reason === "image" && chosen.pin)
    return { member, name, span: chosen.pin.span, written: chosen.pin.version };
  if (chosen.reason !== "modeline") return undefined;
  const comment = modelineOf(file, member.index, directives);
  return comment && { member, name, span: comment.valueSpan, written: comment.release };
}

/** The change of one place to the release of the other. */
function named(to: SaidRelease, from: SaidRelease): Remedy[] {
  const { member, span, written } = to;
  const before = member.document.file.text.slice(span.start, span.end);
  const at = before.lastIndexOf(written);
  if (at < 0 || before.indexOf(written) !== at) return [];
  const place = spanFrom(span.start + at, span.start + at + written.length);
  // An image has the version in its own form; the name of a release is right everywhere else.
  const newText = /^\d/.test(written) ? from.name.replace(/^v/, "") : from.name;
  const title = say("deployment.set-release", { release: from.name });
  const edits = [{ span: place, newText }];
  return [{ title, kind: "choice", member, changes: [], edits }];
}

export const rules = {
  "releases-differ": releasesDiffer,
} satisfies DeploymentRulesIn<"deployment/rules/one-release.ts">;

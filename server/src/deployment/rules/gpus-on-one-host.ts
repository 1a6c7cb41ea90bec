/** The same GPU for two launches on one machine. */
import type { Span } from "../../launch/launch";
import { say } from "../../messages";
import { isNumeric } from "../../python/values";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { givenGpus, gpuCount, gpusOf, takesNoGpu, visibleGpus } from "../gpus";
import { factsOf } from "../launch-facts";
import { type Machine, machinesOf, runSideBySide } from "../machine";
import { nameOfMember } from "../member-name";
import { startedTogether } from "../together";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* gpuTaken(group: LaunchGroup): Generator<Clash<never>> {
  for (const machine of machinesOf(group, "hardware")) {
    for (const [index, member] of machine.members.entries()) {
      const other = machine.members
        .slice(0, index)
        .find(
          (one) => runSideBySide(one, member) && sharedGpus(one, member).length > 0 && needMore(one, member),
        );
      if (!other) continue;
      const given = visibleGpus(member) ? undefined : givenGpus(member);
      const shared = sharedGpus(other, member);
      yield {
        member,
        span: placeOfGpus(member),
        message: say("deployment.gpu-taken", {
          gpus: shared.join(", "),
          count: shared.length,
          launch: nameOfMember(other),
          by: given && !given.isList ? "other" : "none",
          source: `\`${given?.by}\``,
        }),
        others: [
          {
            member: other,
            span: placeOfGpus(other),
            message: say("deployment.takes-gpus", { count: gpuCount(other) ?? 0 }),
          },
        ],
        remedies: () => otherGpus(member, machine),
      };
    }
  }
}

/** Where the text says which GPUs a launch has; else where it says how many. */
function placeOfGpus(member: Member): Span {
  const place = visibleGpus(member)?.value ?? givenGpus(member);
  return place?.span ?? factsOf(member).placeOf("tp");
}

/** The GPUs that two launches certainly both take. */
function sharedGpus(one: Member, other: Member): readonly number[] {
  // What a script does not set is the same for both only if it starts both itself.
  const isOfScript = [one, other].every(
    ({ launch: { launch } }) => launch.course && !launch.invocation?.site?.hasUnknownVariables,
  );
  const isInherited = isOfScript && startedTogether(one, other) && !visibleGpus(one) && !visibleGpus(other);
  const environment = isInherited ? "same-environment" : "any-environment";
  const [a, b] = [gpusOf(one, environment), gpusOf(other, environment)];
  return a && b ? b.filter((gpu) => a.includes(gpu)) : [];
}

/** Whether two launches certainly take more memory of a GPU than it has. */
function needMore(one: Member, other: Member): boolean {
  const parts = [one, other].map((member) => {
    const facts = factsOf(member);
    const fraction = facts.value("mem_fraction");
    // A number of tokens may be small enough for both.
    return facts.value("max_total_token_num") === null && isNumeric(fraction) ? Number(fraction) : undefined;
  });
  const [a, b] = parts;
  return a !== undefined && b !== undefined && a + b > 1;
}

/** GPUs that no launch takes, as long as a machine with eight has them. */
function otherGpus(member: Member, { members }: Machine): Remedy[] {
  const variable = visibleGpus(member);
  const given = givenGpus(member);
  const count = gpuCount(member);
  const others = members.filter((one) => one !== member && !takesNoGpu(one));
  const taken = others.map((one) => gpusOf(one, "any-environment"));
  // The numbers of the variable are those in the container.
  if ((variable && given) || count === undefined || taken.some((own) => own === undefined)) return [];
  const used = new Set(taken.flatMap((own) => own ?? []));
  const free = [...Array(8).keys()].filter((gpu) => !used.has(gpu)).slice(0, count);
  if (free.length < count) return [];
  const to = free.join(",");
  if (!variable) {
    const { listForm, count: all } = given ?? {};
    if (!listForm || all !== count) return [];
    const { span, open, between, close } = listForm;
    const edits = [{ span, newText: `${open}${free.join(between)}${close}` }];
    return [
      {
        title: say("deployment.give-gpus", { gpus: free.join(", ") }),
        kind: "choice",
        member,
        changes: [],
        edits,
      },
    ];
  }
  return [
    {
      title: say("deployment.set-variable", { name: variable.name, value: to }),
      kind: "choice",
      member,
      changes: [{ kind: "setVariable", variable, to }],
    },
  ];
}

export const rules = {
  "gpu-twice-on-one-host": gpuTaken,
} satisfies DeploymentRulesIn<"deployment/rules/gpus-on-one-host.ts">;

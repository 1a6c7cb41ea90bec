/** Prefill and decode nodes and their PD master: what they must give alike, and how many there may be. */
import type { Agreeing, Agreement } from "../../catalogue/types";
import { writtenName } from "../../judgement/rules/rule";
import { say } from "../../messages";
import { clashOf, differencesIn, givenAndNot, lastPartOf, shownValue } from "../agreement";
import type { LaunchGroup, Member } from "../deployment";
import { factsOf } from "../launch-facts";
import { isNode, nodeCount, roleOf } from "../links";
import { pdGroupsOf } from "../pd-groups";
import { likeOther, setTo } from "../remedies";
import { startedTogether } from "../together";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* nodesDisagree(group: LaunchGroup): Generator<Clash<"may-differ">> {
  for (const { masters, nodes } of pdGroupsOf(group)) {
    const prefill = nodes.filter((member) => roleOf(member) === "prefill");
    yield* disagreeing("prefill_and_decode", nodes, nodes);
    yield* otherModel(nodes);
    yield* otherModelOfMaster(masters, nodes);
    yield* mayDiffer(masters, nodes);
    for (const master of masters) {
      yield* disagreeing("node_and_master", [master, ...nodes], nodes);
      yield* disagreeing("prefill_and_master", [master, ...prefill], prefill);
    }
  }
}

function* disagreeing(
  who: Agreeing,
  members: readonly Member[],
  nodes: readonly Member[],
): Generator<Clash<never>> {
  const [first] = nodes;
  for (const agreement of (first && factsOf(first).facts.agree[who]) ?? []) {
    if (agreement.path) continue;
    const id = who === "prefill_and_decode" ? "deployment.pd-disagree" : "deployment.master-disagrees";
    for (const difference of differencesIn(members, agreement))
      yield clashOf(difference, (shown) => say(id, shown), members.length === 2);
  }
}

/** A flag that some launches give, and others leave to a model that is not known. */
function* mayDiffer(masters: readonly Member[], nodes: readonly Member[]): Generator<Clash<"may-differ">> {
  const [first] = masters;
  const agreements = (first && factsOf(first).facts.agree.node_and_master) ?? [];
  for (const agreement of agreements)
    if (agreement.fromModel) yield* mayDifferIn([...masters, ...nodes], agreement);
}

function* mayDifferIn(members: readonly Member[], agreement: Agreement): Generator<Clash<"may-differ">> {
  const { given, left } = givenAndNot(members, agreement);
  const [few, most] = given.length < left.length ? [given, left] : [left, given];
  const [member] = few;
  const [source] = given;
  if (!member || !source || most.length === 0) return;
  const { flag } = agreement;
  const own = writtenName(`--${flag}`, source.launch.launch);
  yield {
    variant: "may-differ",
    member,
    span: factsOf(member).placeOf(flag),
    flag: `--${flag}`,
    message: say("deployment.master-may-refuse", { flag: own, value: shownValue(source, flag) }),
    others: most.map((one) => ({
      member: one,
      span: factsOf(one).placeOf(flag),
      message: given.includes(one)
        ? say("deployment.is-here", { flag: own, value: shownValue(one, flag) })
        : say("deployment.not-given", { flag: own }),
    })),
    remedies: () =>
      few.length > 1
        ? []
        : few === left
          ? likeOther(member, source, flag)
          : most.length === 1
            ? most.flatMap((one) => likeOther(one, source, flag))
            : setTo(member, flag, null, []),
  };
}

/** Nodes with another model; a name that continues the other's may be the same model in another format. */
function* otherModel(nodes: readonly Member[]): Generator<Clash<never>> {
  const named = nodes.flatMap((member) => {
    const folder = factsOf(member).value("model_dir");
    return typeof folder === "string" && folder !== ""
      ? [{ member, name: lastPartOf(folder).toLowerCase() }]
      : [];
  });
  const count = (name: string) => named.filter((one) => one.name === name).length;
  const most = [...named].sort((a, b) => count(b.name) - count(a.name))[0];
  for (const { member, name } of named) {
    if (!most || name.startsWith(most.name) || most.name.startsWith(name)) continue;
    yield clashOf(
      { member, other: most.member, flag: "model_dir" },
      (shown) => say("deployment.pd-disagree", shown),
      nodes.length === 2,
    );
  }
}

/** A PD master with another model than all of its nodes: it counts tokens and builds prompts with its own tokenizer. */
function* otherModelOfMaster(
  masters: readonly Member[],
  nodes: readonly Member[],
): Generator<Clash<"may-differ">> {
  const folder = (member: Member) => factsOf(member).value("model_dir");
  const names = nodes.flatMap((one) => {
    const path = folder(one);
    return typeof path === "string" && path !== "" ? [lastPartOf(path).toLowerCase()] : [];
  });
  const [other] = nodes;
  for (const member of masters) {
    const path = folder(member);
    if (typeof path !== "string" || path === "" || !other || names.length < nodes.length) continue;
    const own = lastPartOf(path).toLowerCase();
    if (names.some((name) => name.startsWith(own) || own.startsWith(name))) continue;
    const difference = { member, other, flag: "model_dir" };
    yield {
      ...clashOf(difference, (shown) => say("deployment.master-of-other-model", shown)),
      variant: "may-differ",
    };
  }
}

const TOPOLOGY = /^(\d+)p(\d+)d$/;

/** More nodes than a PD master with a fixed number waits for: it is never ready. */
function* nodeCountWrong(group: LaunchGroup): Generator<Clash<never>> {
  for (const { masters, nodes } of pdGroupsOf(group)) {
    for (const master of masters) {
      const mode = factsOf(master).value("pd_master_mode");
      const [, prefill, decode] = (typeof mode === "string" && TOPOLOGY.exec(mode)) || [];
      if (prefill === undefined || decode === undefined) continue;
      for (const [role, expected] of [
        ["prefill", Number(prefill)],
        ["decode", Number(decode)],
      ] as const) {
        const own = nodes.filter(
          (one) => isNode(one) && roleOf(one) === role && nodeCount(one) === undefined,
        );
        const atOnce = own.every((one) => one === own[0] || (own[0] && startedTogether(own[0], one)));
        const surplus = own[expected];
        if (!surplus || !atOnce) continue;
        yield {
          member: master,
          span: factsOf(master).placeOf("pd_master_mode"),
          flag: "--pd_master_mode",
          message: say("deployment.node-count", { mode: String(mode), role, expected, count: own.length }),
          others: own.map((member) => ({
            member,
            span: factsOf(member).placeOf("run_mode"),
            message: say("deployment.one-of-these", { role }),
          })),
        };
      }
    }
  }
}

export const rules = {
  "pd-nodes-disagree": nodesDisagree,
  "pd-node-count": nodeCountWrong,
} satisfies DeploymentRulesIn<"deployment/rules/pd-nodes.ts">;

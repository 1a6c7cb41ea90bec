/** Judges a group of launches by all rules about deployments. */
import type { RuleCode } from "../../../schemas/generated/rules";
import { isSilenced } from "../analysis/silenced-line";
import { findingOf, withLevel } from "../judgement/finding";
import type { Deployment, DeploymentFinding, LaunchGroup } from "./deployment";
import type { Clash, DeploymentRule } from "./rules/deployment-rule";
import { DETECTORS } from "./rules/registry";

/** The findings of a group, in the order of its launches and their texts. */
export function judgeDeployment(group: LaunchGroup): Deployment {
  const place = new Map(group.members.map((member, index) => [member, index]));
  // Launches may share a text, such as an array; what is wrong there is said once.
  const said = new Set<string>();
  const isNew = ({ member, code, span, others }: DeploymentFinding) => {
    const key = JSON.stringify([member.document.document.uri, code, span, others.map((one) => one.span)]);
    return !said.has(key) && said.add(key);
  };
  const findings = [...clashesIn(group)]
    .filter((one) => isNew(one) && !isSilenced(one.member.document, one.code, one.span.start))
    .sort((a, b) => (place.get(a.member) ?? 0) - (place.get(b.member) ?? 0) || a.span.start - b.span.start);
  return { ...group, findings };
}

function* clashesIn(group: LaunchGroup): Generator<DeploymentFinding> {
  for (const [code, rule] of Object.entries(DETECTORS) as [RuleCode, DeploymentRule][])
    for (const clash of rule(group)) yield findingOfClash(code, clash);
}

function findingOfClash(code: RuleCode, clash: Clash): DeploymentFinding {
  const { member, others, remedies = () => [], variant, span, flag, message } = clash;
  const facts = member.document.catalogue.rules()[code];
  const finding = findingOf(facts, {
    ...(variant !== undefined && { variant }),
    ...(flag !== undefined && { flag }),
    span,
    message,
    fixes: [],
  });
  const { rules } = member.document.settings;
  return withLevel({ ...finding, launch: member.launch.launch, member, others, remedies }, rules);
}

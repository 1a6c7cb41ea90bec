/** What an editor's settings name that does not exist. An editor shows no problem there, so the log does. */
import type { Catalogue } from "../../catalogue";
import { readRuleLevels } from "../../configuration/read-configuration";
import { gpuNameFault, modelNameFault, releaseNameFault } from "../../judgement/name-faults";
import { knownWords } from "./known-words";

/** Settings of `lightllm` that name something; absent if not set. */
export interface NamingSettings {
  readonly release?: string | undefined;
  readonly model?: string | undefined;
  readonly gpu?: string | undefined;
  /** As the client sent it. */
  readonly rules?: unknown;
}

export interface SettingProblem {
  /** Without `lightllm.`. */
  readonly setting: keyof NamingSettings;
  /** A sentence, as Markdown. */
  readonly message: string;
}

/** A problem for each name in the settings that nothing is known of: such a setting has no effect. */
export function settingProblems(
  { release, model, gpu, rules }: NamingSettings,
  catalogue: Catalogue,
): SettingProblem[] {
  const faults = [
    { setting: "release", fault: release && releaseNameFault(release, catalogue) },
    { setting: "model", fault: model && modelNameFault(model, catalogue) },
    { setting: "gpu", fault: gpu && gpuNameFault(gpu, catalogue.fit()) },
  ] as const;
  return [
    ...faults.flatMap(({ setting, fault }) => (fault ? [{ setting, message: fault.message }] : [])),
    ...readRuleLevels(rules, knownWords(catalogue)).problems.map(
      (message) => ({ setting: "rules", message }) as const,
    ),
  ];
}

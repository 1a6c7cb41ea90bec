/** Judges every launch of a file, and what the file says about itself. */
import type { Catalogue } from "../catalogue/types";
import {
  DIRECTIVE_WORDS,
  type Directive,
  findDirectives,
  isSwitchedOff,
  releaseDirectiveFor,
} from "../launch/directives";
import type { Launch, LaunchFile, TextProblem } from "../launch/launch";
import type { Finding } from "./finding";
import { type Judgement, judge } from "./judge";
import { nearest } from "./nearest";
import { type ChosenRelease, chooseRelease, findRelease } from "./release";

export interface JudgedLaunch extends Judgement {
  readonly launch: Launch;
  readonly chosen: ChosenRelease;
}

export interface JudgedFile {
  readonly file: LaunchFile;
  readonly directives: readonly Directive[];
  readonly launches: readonly JudgedLaunch[];
  /** About the file, outside any launch. */
  readonly findings: readonly Finding[];
}

/** What the surroundings ask for: the `--release` option, the `lightllm.release` setting. */
export interface ReleaseSettings {
  readonly option?: string | undefined;
  readonly setting?: string | undefined;
}

/** Judges a file; a file with `# lightllm: off` has no findings. */
export function judgeFile(file: LaunchFile, settings: ReleaseSettings, catalogue: Catalogue): JudgedFile {
  const directives = findDirectives(file.text);
  const firstStart = file.launches[0]?.arguments[0]?.span.start ?? file.text.length;
  const launches = file.launches.map((launch, index): JudgedLaunch => {
    const previousEnd = file.launches[index - 1]?.span.end ?? 0;
    const modeline = releaseDirectiveFor(directives, launch.span, previousEnd, firstStart)?.release;
    const chosen = chooseRelease(launch, { ...settings, modeline }, catalogue);
    return { launch, chosen, ...judge(launch, chosen.release, catalogue) };
  });
  const findings = [
    ...file.problems.map(problemFinding),
    ...directives.flatMap((one) => directiveFindings(one, catalogue)),
  ];
  if (!isSwitchedOff(directives)) return { file, directives, launches, findings };
  return {
    file,
    directives,
    launches: launches.map((launch) => ({ ...launch, findings: [] })),
    findings: [],
  };
}

/** What keeps a launch from being read keeps LightLLM from being started with it. */
function problemFinding({ code, span, message, flag, fixes }: TextProblem): Finding {
  return {
    code,
    effect: "refused",
    stage: "text",
    span,
    message,
    ...(flag && { flag }),
    fixes: [],
    textFixes: fixes,
  };
}

function directiveFindings(directive: Directive, catalogue: Catalogue): Finding[] {
  if (directive.kind === "release") {
    if (findRelease(directive.release, catalogue)) return [];
    const names = catalogue.releases.map(({ name }) => name);
    const asked = directive.release ? `No release \`${directive.release}\` is known` : "A release is missing";
    return [
      misdirected(
        "unknown-release",
        directive,
        `${asked}. The known ones: ${names.join(", ")}.`,
        releasesMeant(directive.release, names),
      ),
    ];
  }
  if (directive.kind !== "unknown" || directive.word === "") return [];
  const message = `\`${directive.word}\` is no instruction to us. The known ones: ${DIRECTIVE_WORDS.join(", ")}.`;
  return [misdirected("unknown-directive", directive, message, nearest(directive.word, DIRECTIVE_WORDS))];
}

/** `1.1` and `v1.1` mean v1.1.0 rather than a name that is as near by letters. */
function releasesMeant(typed: string, names: readonly string[]): string[] {
  const begun = names.filter(
    (name) => typed !== "" && (name.startsWith(typed) || name.startsWith(`v${typed}`)),
  );
  return begun.length > 0 ? begun.slice(-3).reverse() : nearest(typed, names);
}

function misdirected(
  code: string,
  { span, valueSpan }: Extract<Directive, { kind: "release" | "unknown" }>,
  message: string,
  names: readonly string[],
): Finding {
  const at = valueSpan.start < valueSpan.end ? valueSpan : span;
  return {
    code,
    effect: "suspicious",
    stage: "text",
    message,
    span: at,
    fixes: [],
    textFixes: names.map((name, index) => ({
      title: `Change to \`${name}\``,
      preferred: index === 0,
      edits: [{ span: valueSpan, newText: name }],
    })),
  };
}

/** The judgement of a launch that an edit only moved. */
import type { Finding } from "../judgement/finding";
import type { Judgement } from "../judgement/judge";
import { type Launch, type Span, spanFrom } from "../launch/launch";

/**
 * The judgement with the places of the moved launch. Fixes refer to words of the launch, so they are computed on request.
 *
 * @param again judges the moved launch.
 */
export function movedJudgement(
  { launch: earlier, judgement }: { readonly launch: Launch; readonly judgement: Judgement },
  launch: Launch,
  again: () => Judgement,
): Judgement {
  const by = launch.span.start - earlier.span.start;
  let anew: Judgement | undefined;
  const judgedAgain = () => {
    anew ??= again();
    return anew;
  };
  const { release, values, findings, accepted } = judgement;
  return {
    release,
    values,
    findings: findings.map((finding, index) =>
      movedFinding(finding, launch, by, () => judgedAgain().findings[index]),
    ),
    accepted,
  };
}

/**
 * @param again the finding where the moved launch is judged. It must not lead to `finding`: each edit moves the finding
 * of the edit before, so all of them would stay in memory.
 */
function movedFinding(
  finding: Finding,
  launch: Launch,
  by: number,
  again: () => Finding | undefined,
): Finding {
  const { span, related } = finding;
  // Descriptors, because a spread would compute the fixes.
  return Object.defineProperties({} as Finding, {
    ...Object.getOwnPropertyDescriptors(finding),
    span: known(movedSpan(span, by)),
    launch: known(launch),
    ...(related && {
      related: known(related.map((one) => (one.file ? one : { ...one, span: movedSpan(one.span, by) }))),
    }),
    fixes: onRequest(again, "fixes"),
    ...("textFixes" in finding && { textFixes: onRequest(again, "textFixes") }),
  });
}

function known(value: unknown): PropertyDescriptor {
  return { value, enumerable: true };
}

/** Made outside `movedFinding`, so that it keeps nothing of the finding before. */
function onRequest(again: () => Finding | undefined, what: "fixes" | "textFixes"): PropertyDescriptor {
  return { get: () => again()?.[what] ?? [], enumerable: true };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return spanFrom(start + by, end + by);
}

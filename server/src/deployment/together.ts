/** Whether launches of a deployment certainly run at the same time. */
import { areAlternatives, runAtOnce } from "../launch/course";
import type { Member } from "./deployment";

/** Whether the text itself starts two launches at the same time. */
export function startedTogether(a: Member, b: Member): boolean {
  if (a.document !== b.document) return false;
  const { purpose } = a.document.file.notation;
  const [one, other] = [a.launch.launch.course, b.launch.launch.course];
  if (one && other) {
    const atOnce = runAtOnce(one, other);
    if (atOnce !== undefined) return atOnce;
  }
  return purpose === "config" || purpose === "container";
}

/** Whether a script starts a launch several times at once: in the background of a loop, or on several nodes of a job. */
export function isStartedOften({ launch: { launch } }: Member): boolean {
  const { course = [], invocation } = launch;
  const loop = course.findIndex(({ kind }) => kind === "loop");
  if (loop >= 0 && course.slice(loop).some(({ background }) => background)) return true;
  return (invocation?.wrappers ?? []).some(
    ({ program, words }) =>
      program === "srun" &&
      /(?:^| )(?:-N ?|--nodes[= ])(?:[2-9]|[1-9]\d+)(?: |$)/.test(
        words.map(({ text }) => text ?? "?").join(" "),
      ),
  );
}

/** Whether only one of two launches runs: a script has them in different branches. */
export function isOneOrOther(a: Member, b: Member): boolean {
  const [one, other] = [a.launch.launch.course, b.launch.launch.course];
  return one !== undefined && other !== undefined && areAlternatives(one, other);
}

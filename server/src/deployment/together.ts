/** Whether launches of a deployment certainly run at the same time. */
import { areAlternatives, type Course, runAtOnce } from "../launch/course";
import { copiesOf } from "./copies";
import type { Member } from "./deployment";

/** The course of a launch; a container that is left running is in the background. */
function courseOf({ launch: { launch } }: Member): Course | undefined {
  const { course, invocation } = launch;
  const last = course?.at(-1);
  const isDetached = (invocation?.wrappers ?? []).some(({ place, options = [] }) => {
    const own = options.filter(({ name }) => name === "-d" || name === "--detach");
    return place?.kind === "container" && own.some(({ value }) => value?.text !== "false");
  });
  return course && last && isDetached ? [...course.slice(0, -1), { ...last, background: true }] : course;
}

/** Whether two containers of a file start with different choices, such as profiles of a Compose file. */
function haveOtherChoices(a: Member, b: Member): boolean {
  const [one, other] = [a, b].map(({ launch }) => launch.launch.invocation?.site?.choices);
  return one !== undefined && other !== undefined && !one.some((choice) => other.includes(choice));
}

/** Whether the text itself starts two launches at the same time. */
export function startedTogether(a: Member, b: Member): boolean {
  if (a.document !== b.document || haveOtherChoices(a, b)) return false;
  const { purpose } = a.document.file.notation;
  const [one, other] = [courseOf(a), courseOf(b)];
  if (one && other) {
    const atOnce = runAtOnce(one, other);
    if (atOnce !== undefined) return atOnce;
  }
  return purpose === "config" || purpose === "container";
}

/** Whether a script starts a launch several times at once: in the background of a loop, on several nodes of a job, or in several pods. */
export function isStartedOften(member: Member): boolean {
  if (copiesOf(member) !== undefined) return true;
  const course = courseOf(member) ?? [];
  const loop = course.findIndex(({ kind }) => kind === "loop");
  return loop >= 0 && course.slice(loop).some(({ background }) => background);
}

/** Whether only one of two launches runs: a script has them in different branches, or a file in different profiles. */
export function isOneOrOther(a: Member, b: Member): boolean {
  if (a.document === b.document && haveOtherChoices(a, b)) return true;
  const [one, other] = [a.launch.launch.course, b.launch.launch.course];
  return one !== undefined && other !== undefined && areAlternatives(one, other);
}

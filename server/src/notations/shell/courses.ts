/** The parts of a script that hold each command: what runs in the background, in branches, in functions. */
import type { Course, CoursePart } from "../../launch/course";
import { type Embedded, toFile } from "../embedded";
import { roundsOf } from "./rounds";
import { type Command, forEachChild, type ShellNode } from "./shell-parser";

/** Commands that wait for others, or end them. */
const STOPPING = /^(?:wait|kill|pkill|killall|fuser)$/;
/** Programs with an argument that ends what they started. */
const MANAGING = /^(?:docker|podman|nerdctl|tmux|screen|systemctl|kubectl)$/;
const ENDING = /^(?:stop|rm|kill|kill-\w+|down|delete)$/;

const LOOPS = new Set(["For", "ArithmeticFor", "Select", "While"]);

/** The course of each command of a script, inside that of the text. */
export function coursesIn(
  script: ShellNode,
  embedded: Embedded,
  outer: Course,
): ReadonlyMap<Command, Course> {
  const found = new Map<Command, Course>();
  const part = (kind: CoursePart["kind"], node: ShellNode, own: Partial<CoursePart> = {}): CoursePart => ({
    kind,
    start: toFile(embedded, "pos" in node ? node.pos : 0),
    way: 0,
    background: false,
    stops: 0,
    isStopped: false,
    ...own,
  });
  const steps = (nodes: readonly ShellNode[], course: Course): void => {
    const stopping = nodes.map(stopsOthers);
    let stops = 0;
    for (const [index, node] of nodes.entries()) {
      const background = node.type === "Statement" && node.background === true;
      const isStopped = stopping.slice(index + 1).includes(true);
      visit(node, [...course, part("step", node, { background, stops, isStopped })]);
      if (stopping[index]) stops++;
    }
  };
  const ways = (node: ShellNode, bodies: readonly ShellNode[], course: Course): void => {
    for (const [way, body] of bodies.entries()) visit(body, [...course, part("branch", node, { way })]);
  };
  const visit = (node: ShellNode, course: Course): void => {
    if (node.type === "Command") found.set(node as Command, course);
    else if (node.type === "Script" || node.type === "CompoundList") steps(node.commands, course);
    else if (node.type === "AndOr") steps(node.commands, course);
    else if (node.type === "If") {
      visit(node.clause, course);
      for (const { clause } of node.elif) visit(clause, course);
      const bodies = [node.then, ...node.elif.map(({ then }) => then), ...(node.else ? [node.else] : [])];
      ways(node, bodies, course);
    } else if (node.type === "Case")
      ways(
        node,
        node.items.map(({ body }) => body),
        course,
      );
    else if (node.type === "Function") visitChildren(node, [...course, part("function", node)]);
    else if (LOOPS.has(node.type)) visitChildren(node, [...course, part("loop", node, loopOf(node))]);
    else visitChildren(node, course);
  };
  const loopOf = (node: ShellNode): Partial<CoursePart> => {
    const counts = node.type === "For" || node.type === "ArithmeticFor";
    const rounds = counts ? roundsOf(node, embedded) : undefined;
    return rounds ? { rounds } : {};
  };
  const visitChildren = (node: ShellNode, course: Course): void => {
    forEachChild(node, (child) => visit(child as ShellNode, course));
  };
  visit(script, outer.length > 0 ? outer : [part("script", script)]);
  return found;
}

/** Whether a step waits for other commands or ends them; what only a function or a trap does is not counted. */
function stopsOthers(node: ShellNode): boolean {
  if (node.type === "Function") return false;
  if (node.type === "Command") {
    const { name, suffix } = node as Command;
    const program = name?.value?.split("/").at(-1) ?? "";
    if (STOPPING.test(program)) return true;
    return (
      MANAGING.test(program) && suffix.some((one) => one.type === "Word" && ENDING.test(one.value ?? ""))
    );
  }
  let stops = false;
  forEachChild(node, (child) => {
    stops ||= stopsOthers(child as ShellNode);
    return undefined;
  });
  return stops;
}

/** What the files beside that of a launch say about its container. */
import { type Surroundings, withPortsBeside } from "../judgement/surroundings";
import type { Launch } from "../launch/launch";
import { NOTATIONS, type Notation } from "../notations";
import type { LaunchDocument } from "./document";

const named = new WeakMap<Surroundings, Map<string, Surroundings>>();

/** The surroundings of a document, which know its name if files beside it may count. The same object for the same document. */
export function surroundingsOf(
  uri: string,
  { portsBeside }: Notation,
  surroundings: Surroundings | undefined,
): Surroundings | undefined {
  if (!surroundings?.around || !portsBeside || surroundings.own === uri) return surroundings;
  const known = named.get(surroundings) ?? new Map<string, Surroundings>();
  named.set(surroundings, known);
  const own = known.get(uri) ?? { ...surroundings, own: uri };
  known.set(uri, own);
  return own;
}

/** The surroundings of a launch with the ports that files beside its own name. @param text the text of the launch. */
export function withBeside(surroundings: Surroundings, launch: Launch, text: string): Surroundings {
  const { own, around } = surroundings;
  const { portsBeside } = (NOTATIONS as Readonly<Record<string, Notation>>)[launch.notation.id] ?? {};
  if (own === undefined || !around || !portsBeside || !launch.invocation?.site) return surroundings;
  return withPortsBeside(surroundings, portsBeside(launch, text, around(own)));
}

/** Whether the files around a document still say what they said when it was judged. */
export function isUpToDate({ launches, file, surroundings, built = [] }: LaunchDocument): boolean {
  if (!surroundings) return true;
  return (
    built.every(({ image }) => surroundings.file?.(image.path)?.text === image.text) &&
    launches.every(({ launch, values }) => {
      const now = withBeside(surroundings, launch, file.text);
      return now.portsBeside === values.input.surroundings.portsBeside;
    })
  );
}

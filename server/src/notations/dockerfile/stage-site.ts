/** What a Dockerfile says about the containers of a stage: the ports of `EXPOSE`, and those that `HEALTHCHECK` asks. */
import type { EnvironmentVariable } from "../../launch/launch";
import { emptySite, type LaunchSite, type NamedPort } from "../../launch/site";
import { placedText } from "../pins";
import { GivenVariables } from "../shell/given";
import { readWords } from "../shell/script-pins";
import { askedPorts, portIn, statedWord } from "../site-values";
import { plainBody } from "./body";
import type { Instruction } from "./instructions";

/** The ports of an `EXPOSE`. */
export function exposedPorts(
  text: string,
  instruction: Instruction,
  variables: readonly EnvironmentVariable[],
): NamedPort[] {
  return wordsOf(text, instruction, variables).flatMap((word): NamedPort[] => {
    const stated = statedWord(word);
    if (!stated) return [{ by: "exposed", group: 0, span: word.span, isLiteral: false }];
    const port = portIn(stated);
    return port ? [{ by: "exposed", group: 0, ...port }] : [];
  });
}

/** The ports of this container that a `HEALTHCHECK` asks. */
export function healthPorts(text: string, instruction: Instruction): NamedPort[] {
  const body = plainBody(text, instruction);
  const stated = { ...placedText(body), isLiteral: () => true };
  return askedPorts(stated).map((port): NamedPort => ({ by: "healthCheck", group: 1, ...port }));
}

function wordsOf(text: string, instruction: Instruction, variables: readonly EnvironmentVariable[]) {
  return readWords(plainBody(text, instruction), new GivenVariables(variables)).words;
}

/** The site of the containers of a stage; undefined if the file says nothing about it. */
export function stageSite(ports: readonly NamedPort[]): LaunchSite | undefined {
  const [first] = ports;
  // `EXPOSE` is for containers with a network of their own.
  return first && { ...emptySite("container", first.span.start), ports, hasHostNetwork: false };
}

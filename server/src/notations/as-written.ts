/** Words whose text was changed before the shell notation read them, with what stands in the file for them. */
import type { Argument, Launch, Word, WordPart } from "../launch/launch";

/** A variable that nothing sets: stands for what is put in before a shell reads the text, and is taken for unknown. */
export const PUT_IN = "${_}";

/** A launch with the sources of its words as the file has them. */
export function asWritten(launch: Launch, file: string): Launch {
  const part = (one: WordPart): WordPart =>
    one.kind === "open" && one.source === PUT_IN && one.span
      ? { ...one, source: file.slice(one.span.start, one.span.end) }
      : one;
  const word = <W extends Word>(one: W): W => ({
    ...one,
    source: file.slice(one.span.start, one.span.end),
    ...(one.parts && { parts: one.parts.map(part) }),
  });
  const args = launch.arguments.map((argument): Argument => {
    const words = argument.words.map(word);
    const written = file.slice(argument.flagSpan.start, argument.flagSpan.end);
    return { ...argument, words, written, valueSource: words.map(({ source }) => source).join(" ") };
  });
  return {
    ...launch,
    arguments: args,
    environment: launch.environment.map((variable) => ({ ...variable, value: word(variable.value) })),
  };
}

/** What launches say: an edit of one launch must not change what others say. */
import type { LaunchDocument } from "../../server/src/service";

/** A name or a value of a launch. */
interface PlacedWord {
  readonly start: number;
  readonly end: number;
  /** Its text; as written if that is unknown. */
  readonly said: string;
}

/** The words of launches, those of each launch in the order of the text. */
function wordsIn({ launches }: Pick<LaunchDocument, "launches">): PlacedWord[] {
  return launches.flatMap(({ launch }) => {
    const words = launch.arguments.flatMap(({ written, flagSpan, words }) => [
      { ...flagSpan, said: written },
      ...words.map(({ span, text, source }) => ({ ...span, said: text ?? source })),
    ]);
    const variables = launch.environment.flatMap(({ name, nameSpan, value: { span, text, source } }) => [
      { ...nameSpan, said: name },
      { ...span, said: text ?? source },
    ]);
    return [...words, ...variables].sort((a, b) => a.start - b.start || a.end - b.end);
  });
}

/** What each launch says, without places. */
export function saidBy(document: Pick<LaunchDocument, "launches">): string[] {
  return document.launches.map((judged) =>
    JSON.stringify(wordsIn({ launches: [judged] }).map(({ said }) => said)),
  );
}

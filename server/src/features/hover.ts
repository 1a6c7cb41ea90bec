/** The meaning of a flag or value in this launch. */

import { type Hover, MarkupKind } from "vscode-languageserver-types";
import { type LaunchDocument, launchAt, rangeOf, reasonInWords } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import {
  environmentMarkdown,
  environmentVariable,
  type Flag,
  flagMarkdown,
  isDefault,
  releasesWith,
  valueMarkdown,
} from "../catalogue";
import { readWord } from "../judgement/argparse";
import { flagsMeant } from "../judgement/meant";
import { flagElsewhere } from "../judgement/moves/elsewhere";
import { becameOf } from "../judgement/rules/other-releases";
import { type Argument, type Span, touches, type Word, writtenFor } from "../launch/launch";
import { say } from "../messages";
import { hereSentence } from "./here";

/** The hover at an offset; undefined if there is no flag of the judging release. */
export function hover(launchDocument: LaunchDocument, offset: number): Hover | undefined {
  const directive = launchDocument.directives.find(({ span }) => touches(span, offset));
  if (directive)
    return directive.kind === "release" ? releaseHover(launchDocument, directive.span) : undefined;
  const own = launchDocument.notation.ownKeys?.at(launchDocument.file.text, offset);
  if (own) return show(launchDocument, [`**${own.key.name}** — ${own.key.summary}`, own.key.text], own.span);
  const judged = launchAt(launchDocument, offset);
  if (!judged) return undefined;
  for (const argument of writtenFor(judged.launch)) {
    const reading = readWord(argument.flag, judged.release);
    const exact = reading.kind === "flag" && reading.exact;
    if (!exact && touches(argument.flagSpan, offset)) {
      const gone = goneFlagHover(launchDocument, judged, argument);
      if (gone) return gone;
      const meant = meantFlagsHover(launchDocument, judged, argument);
      if (meant) return meant;
    }
    if (reading.kind !== "flag") continue;
    const { flag } = reading;
    if (touches(argument.flagSpan, offset)) return flagHover(launchDocument, judged, flag, argument.flagSpan);
    const word = argument.words.find(({ span }) => touches(span, offset));
    if (word) return valueHover(launchDocument, judged, flag, word);
    if (argument.valueSource && touches(argument.valueSpan, offset))
      return stateHover(launchDocument, judged, flag, argument);
  }
  for (const { name, nameSpan, value } of judged.launch.environment) {
    const span = [nameSpan, value.span].find((one) => touches(one, offset));
    if (span) return variableHover(launchDocument, judged, name, span);
  }
  return undefined;
}

function variableHover(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  name: string,
  span: Span,
): Hover | undefined {
  const { catalogue, settings } = launchDocument;
  const known = environmentVariable(catalogue, name);
  if (!known) return undefined;
  const text = environmentMarkdown(name, known, judged.release, catalogue, settings.language);
  return show(launchDocument, [text, `*${judgedBy(judged)}*`], span);
}

function show(launchDocument: LaunchDocument, paragraphs: readonly string[], span: Span): Hover {
  return {
    contents: { kind: MarkupKind.Markdown, value: paragraphs.join("\n\n") },
    range: rangeOf(launchDocument.document, span),
  };
}

/** The judging release, and the reason. */
function judgedBy({ chosen }: JudgedLaunch): string {
  return say("hover.judged-by", { release: chosen.release.name, why: reasonInWords(chosen) });
}

function flagHover(launchDocument: LaunchDocument, judged: JudgedLaunch, flag: Flag, span: Span): Hover {
  const { catalogue, settings } = launchDocument;
  const here = hereSentence(judged, flag);
  const text = flagMarkdown(flag, judged.release, catalogue, settings.language, here);
  return show(launchDocument, [text, `*${judgedBy(judged)}*`], span);
}

function valueHover(launchDocument: LaunchDocument, judged: JudgedLaunch, flag: Flag, word: Word): Hover {
  const { catalogue, settings } = launchDocument;
  const meaning =
    word.text === undefined ? undefined : valueMarkdown(flag, word.text, catalogue, settings.language);
  if (word.text === undefined || !meaning) return flagHover(launchDocument, judged, flag, word.span);
  const head = isDefault(flag, word.text)
    ? say("hover.the-default", { flag: flag.key, value: word.text })
    : `**${flag.key}: ${word.text}**`;
  const here = hereSentence(judged, flag);
  const summary =
    catalogue.docs(flag.key)?.[settings.language]?.summary ?? catalogue.docs(flag.key)?.en.summary;
  return show(
    launchDocument,
    [
      head,
      meaning,
      ...(here ? [here] : []),
      ...(summary ? [`${flag.key}: ${summary}`] : []),
      `*${judgedBy(judged)}*`,
    ],
    word.span,
  );
}

/** A flag that the judging release does not have, as documented for the newest release that has it. */
function goneFlagHover(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  argument: Argument,
): Hover | undefined {
  const { flag: name, flagSpan } = argument;
  const { catalogue, settings } = launchDocument;
  const release = releasesWith(catalogue, name).at(-1);
  const flag = release?.byName.get(name);
  if (!release || !flag) return undefined;
  const found = flagElsewhere(argument, { launch: judged.launch, release: judged.release, catalogue });
  const history = found ? becameOf(`\`${flag.key}\``, found) : say("hover.unknown-flag", { flag: flag.key });
  const gone = say("hover.gone-flag", { history, release: judged.release.name, last: release.name });
  const text = flagMarkdown(flag, release, catalogue, settings.language);
  return show(launchDocument, [gone, text, `*${judgedBy(judged)}*`], flagSpan);
}

/** A name that the parser does not know, as documented for the flags that it means. */
function meantFlagsHover(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  argument: Argument,
): Hover | undefined {
  const { catalogue, settings } = launchDocument;
  const { launch, release } = judged;
  const texts = flagsMeant(argument, { launch, release, catalogue }).map((flag) =>
    flagMarkdown(flag, release, catalogue, settings.language),
  );
  return texts.length > 0
    ? show(launchDocument, [...texts, `*${judgedBy(judged)}*`], argument.flagSpan)
    : undefined;
}

/** `true`, `false`, `null`: the effect of the value on the flag. */
function stateHover(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  flag: Flag,
  argument: Argument,
): Hover {
  const state = say(argument.shape === "bare" ? "hover.switched-on" : "hover.left-out", {
    value: argument.valueSource,
    flag: flag.name,
  });
  const { catalogue, settings } = launchDocument;
  const here = hereSentence(judged, flag);
  const text = flagMarkdown(flag, judged.release, catalogue, settings.language, here);
  return show(launchDocument, [state, text, `*${judgedBy(judged)}*`], argument.valueSpan);
}

function releaseHover(launchDocument: LaunchDocument, span: Span): Hover {
  const known = [...launchDocument.catalogue.releases]
    .reverse()
    .map(
      ({ name, date, tagged, flags }) =>
        `- ${say(tagged ? "hover.release" : "hover.release-main", { name, date, flags: flags.length })}`,
    );
  return show(launchDocument, [say("hover.releases"), known.join("\n")], span);
}

/** What a hover says about a flag and its value, also if the flag is misspelt or gone. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { loadingReleases } from "../analysis/loading-releases";
import { reportedFindings } from "../analysis/reported-findings";
import {
  docsIn,
  type Flag,
  flagMarkdown,
  isDefault,
  type Release,
  releasesWith,
  valueMarkdown,
} from "../catalogue";
import { readWord } from "../judgement/argparse";
import { flagsMeant, guessName } from "../judgement/meant";
import { flagElsewhere } from "../judgement/moves/elsewhere";
import { becameOf } from "../judgement/rules/other-releases";
import { writtenName } from "../judgement/rules/rule";
import { type Argument, type Span, touches, type Word } from "../launch/launch";
import { say } from "../messages";
import { isList, UNKNOWN } from "../python/values";
import { fitParagraphs } from "./fit/fit-markdown";
import { hereSentence } from "./here";
import { modelMarkdown, publicModelMeant } from "./model-text";

/** Paragraphs in Markdown about a span. */
export interface AboutText {
  readonly paragraphs: readonly string[];
  readonly span: Span;
}

/** What is said about an offset of an argument; undefined if the offset is elsewhere or the flag is unknown. */
export function argumentText(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  argument: Argument,
  offset: number,
): AboutText | undefined {
  const about = new ArgumentText(launchDocument, judged, argument);
  const reading = readWord(argument.flag, judged.release);
  const flag = reading.kind === "flag" ? reading.flag : undefined;
  if (touches(argument.flagSpan, offset)) {
    const exact = reading.kind === "flag" && reading.exact;
    const other = exact ? undefined : (about.gone() ?? about.meant());
    const paragraphs = other ?? (flag && about.flag(flag));
    return paragraphs && { paragraphs, span: argument.flagSpan };
  }
  if (!flag) return undefined;
  const word = argument.words.find(({ span }) => touches(span, offset));
  if (word) {
    return { paragraphs: about.value(flag, word), span: word.span };
  }
  if (argument.valueSource && touches(argument.valueSpan, offset))
    return { paragraphs: about.state(flag), span: argument.valueSpan };
  return undefined;
}

class ArgumentText {
  constructor(
    private readonly launchDocument: LaunchDocument,
    private readonly judged: JudgedLaunch,
    private readonly argument: Argument,
  ) {}

  flag(flag: Flag): string[] {
    return this.documentation(flag, this.model(flag, this.argument.words[0]));
  }

  /** The documentation, after its summary what this launch amounts to; tables and terms at the end. */
  private documentation(flag: Flag, model?: string): string[] {
    const { catalogue, settings } = this.launchDocument;
    const here = hereSentence(this.judged, flag, this.argument);
    const isReported = this.isReported(this.argument.span);
    const { release } = this.judged;
    const [answer, ...details] = fitParagraphs(this.judged, flag.key);
    const ofLaunch = [model, answer].filter((text) => text !== undefined);
    return [
      flagMarkdown(flag, release, catalogue, settings.language, here, isReported, ofLaunch),
      ...details,
    ];
  }

  value(flag: Flag, word: Word): string[] {
    const model = this.model(flag, word);
    return model === undefined ? this.meaning(flag, word) : [model, ...this.documentation(flag)];
  }

  private meaning(flag: Flag, { text }: Word): string[] {
    const { catalogue, settings } = this.launchDocument;
    const { release } = this.judged;
    const meaning =
      text === undefined ? undefined : valueMarkdown(flag, text, release, catalogue, settings.language);
    if (text === undefined || !meaning) return this.flag(flag);
    const head = isDefault(flag, text)
      ? say("hover.the-default", { flag: flag.key, value: text })
      : `**${flag.key}: ${text}**`;
    const here = hereSentence(this.judged, flag, this.argument);
    const summary = docsIn(catalogue.docs(flag.key), settings.language)?.summary;
    return [here ? `${head}  \n${here}` : head, meaning, ...(summary ? [`${flag.key}: ${summary}`] : [])];
  }

  /** The facts of the model in a folder, or how to name it if the folder cannot be read. */
  private model({ key }: Flag, word: Word | undefined): string | undefined {
    if (!NAMING_MODELS.has(key) || !word) return undefined;
    const { text } = word;
    const { catalogue } = this.launchDocument;
    const { launch, values } = this.judged;
    const { surroundings } = values.input;
    const effective = values.value(key);
    const folder = surroundings.model(text ?? (isList(effective) ? UNKNOWN : effective));
    if (folder.kind === "unknown") {
      const name = text === undefined ? undefined : publicModelMeant(text, catalogue);
      return name && say("model.unread", { name });
    }
    if (key !== "model_dir") return modelMarkdown(folder, undefined);
    const { loads, fails } = loadingReleases(launch, this.argument, catalogue, surroundings);
    return modelMarkdown(folder, loadsInWords(loads, fails));
  }

  /** `true`, `false`, `null`: the effect of the value on the flag. */
  state(flag: Flag): string[] {
    const { shape, valueSource } = this.argument;
    const id = shape === "bare" ? "hover.switched-on" : "hover.left-out";
    return [say(id, { value: valueSource, flag: flag.name }), ...this.flag(flag)];
  }

  /** A flag that the judging release does not have, as documented for the newest release that has it. */
  gone(): string[] | undefined {
    const { catalogue, settings } = this.launchDocument;
    const { launch, release } = this.judged;
    const last = releasesWith(catalogue, this.argument.flag).at(-1);
    const flag = last?.byName.get(this.argument.flag);
    if (!last || !flag) return undefined;
    const text = flagMarkdown(flag, last, catalogue, settings.language);
    // The finding says what became of the flag, and editors show both together.
    if (this.isReported(this.argument.flagSpan))
      return [say("hover.gone-flag-short", { last: last.name }), text];
    const found = flagElsewhere(this.argument, { launch, release, catalogue });
    const name = writtenName(flag.name, launch);
    const history = found ? becameOf(`\`${name}\``, found) : say("hover.unknown-flag", { flag: name });
    return [say("hover.gone-flag", { history, last: last.name }), text];
  }

  /** A name that the parser does not know, as documented for the flags that it means, or for the nearest one. */
  meant(): string[] | undefined {
    const { catalogue, settings } = this.launchDocument;
    const { launch, release } = this.judged;
    const { flag: name } = this.argument;
    const meant = flagsMeant(this.argument, { launch, release, catalogue });
    const [nearest = ""] =
      meant.length === 0 && readWord(name, release).kind === "unknown" ? guessName(name, release).near : [];
    const near = release.byName.get(nearest);
    const paragraphs = (near ? [near] : meant).flatMap((flag) => [
      say("hover.meant", { flag: writtenName(flag.name, launch) }),
      flagMarkdown(flag, release, catalogue, settings.language),
    ]);
    return paragraphs.length > 0 ? paragraphs : undefined;
  }

  /** Whether a finding is shown at a span. */
  private isReported({ start, end }: Span): boolean {
    return reportedFindings(this.launchDocument).some(
      ({ span, code }) => span.start === start && span.end === end && SAYING_WHAT_BECAME.has(code),
    );
  }
}

/** The flags that name model folders. */
const NAMING_MODELS: ReadonlySet<string> = new Set(["model_dir", "mtp_draft_model_dir"]);

function loadsInWords(loads: readonly Release[], fails: readonly Release[]): string {
  const names = (releases: readonly Release[]) => releases.map(({ name }) => name).join(", ");
  if (loads.length === 0) return say("model.loads-nowhere");
  if (fails.length === 0) return say("model.loads", { releases: names(loads) });
  return say("model.loads-not", { releases: names(loads), others: names(fails) });
}

/** Rules whose findings say what a hover says about a flag that is gone or without effect. */
const SAYING_WHAT_BECAME: ReadonlySet<string> = new Set([
  "flag-of-another-release",
  "flag-without-effect",
  "argparse-ambiguous-prefix",
  "argparse-prefix-accepted",
]);

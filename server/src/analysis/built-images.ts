/** What a file says about the containers of images that it builds, judged with the launch in the image's own file. */

import type { Finding } from "../judgement/finding";
import type { PointedFile, Surroundings } from "../judgement/surroundings";
import type { BuiltService, ImageLaunch } from "../launch/built-service";
import { findDirectives, modelineOf } from "../launch/directives";
import { type Launch, type LaunchFile, type Span, spanFrom, type Word } from "../launch/launch";
import { say } from "../messages";
import { notationOf } from "../notations";
import type { JudgedLaunch } from "./judge-file";

/** The launch of a container whose image the file builds. */
export interface BuiltLaunch {
  /** At the places of the file that starts it; with the findings about the container. */
  readonly launch: JudgedLaunch;
  /** The file that builds the image. */
  readonly image: PointedFile;
}

/** The launches of the images that a file builds. @param judge judges a launch. */
export function builtLaunches(
  file: LaunchFile,
  surroundings: Surroundings,
  judge: (launch: Launch, modeline: string | undefined) => JudgedLaunch,
): BuiltLaunch[] {
  return (file.builds ?? []).flatMap((build) => {
    const built = surroundings.file?.(build.file);
    const image =
      built && notationOf("", built.path, built.text)?.imageLaunch?.(built.text, build, file.text.length);
    if (!image) return [];
    const modeline = modelineIn(image) ?? modelineAbove(file, build);
    const { chosen, ...judged } = judge(image.launch, modeline);
    const { pin: _, ...release } = chosen;
    const findings = judged.findings
      .filter(({ stage }) => stage === "deployment")
      .map((finding) => inFile(finding, build, image, built));
    const launch = launchInFile(image, build);
    return [{ launch: { ...judged, chosen: release, launch, findings, hidden: [] }, image: built }];
  });
}

/** A launch with its words at the places of the file that starts it: the arguments there, else the service. */
function launchInFile(
  { launch, from, end }: ImageLaunch,
  { name, span, wordsSpan = span, variables }: BuiltService,
): Launch {
  const { pins: _, problems: __, possible: ___, ...rest } = launch;
  const at = (place: Span): Span => (place.start >= end ? wordsSpan : place.start >= from ? span : place);
  const wordAt = (word: Word): Word => {
    const { spanInLaunch: _, elsewhere: __, ...kept } = word;
    return { ...kept, span: at(word.span) };
  };
  return {
    ...rest,
    ...(name !== undefined && { name }),
    span,
    head: span,
    arguments: launch.arguments.map((one) => ({
      ...one,
      flagSpan: at(one.flagSpan),
      valueSpan: at(one.valueSpan),
      span: at(one.span),
      words: one.words.map(wordAt),
    })),
    environment: launch.environment.map(({ place: _, ...one }) => {
      const own = variables.findLast((variable) => variable.name === one.name)?.span ?? span;
      return { ...one, nameSpan: own, value: { ...wordAt(one.value), span: own } };
    }),
  };
}

function modelineIn({ launch, text }: ImageLaunch): string | undefined {
  const { notation } = launch;
  const directives = findDirectives(text, notation.comments);
  return modelineOf({ notation, text, launches: [launch], problems: [] }, 0, directives)?.release;
}

/** The release that a comment above the service names. */
function modelineAbove({ text, notation }: LaunchFile, { span }: BuiltService): string | undefined {
  const above = findDirectives(text, notation.comments).filter((one) => one.span.start < span.start);
  return above.findLast((one) => one.kind === "release")?.release;
}

/** The finding at the place of the file that says it; the launch is the other place. */
function inFile(
  { launch: _, related = [], textFixes = [], ...finding }: Finding,
  { span, wordsSpan = span, variables }: BuiltService,
  { launch, from, end }: ImageLaunch,
  built: PointedFile,
): Finding {
  const message = say("site.launch-of-image");
  /** A place of this file, as it is or as the value of a variable that it sets. */
  const hereAt = (place: Span) => {
    if (place.end <= from) return place;
    const name = launch.environment.findLast(({ value }) => value.span.start === place.start)?.name;
    return place.start >= end ? variables.findLast((one) => one.name === name)?.span : undefined;
  };
  const [first, ...others] = related.flatMap((one) => {
    const place = hereAt(one.span);
    return place ? [{ ...one, span: place }] : [];
  });
  const { start } = finding.span;
  const inBuilt = start < end ? spanFrom(start - from, finding.span.end - from) : undefined;
  return {
    ...finding,
    span: first?.span ?? (inBuilt ? span : wordsSpan),
    related: [...others, inBuilt ? { span: inBuilt, message, file: built } : { span: wordsSpan, message }],
    fixes: [],
    textFixes: textFixes.filter(({ edits }) => edits.every((edit) => edit.span.end <= from)),
  };
}

/** What is at an offset: a flag or value in its launch, the launch itself, a variable, a directive. */

import { type Hover, MarkupKind } from "vscode-languageserver-types";
import { type LaunchDocument, launchAt, rangeOf, reasonInWords } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { findPublicModel } from "../analysis/named-model";
import { environmentMarkdown, environmentVariable } from "../catalogue";
import type { Directive } from "../launch/directives";
import { type Span, touches, writtenFor } from "../launch/launch";
import { say } from "../messages";
import type { DeploymentOptions } from "./deployment/between";
import { type AboutText, argumentText } from "./hover-argument";
import { launchText } from "./hover-launch";
import { modelMarkdown } from "./model-text";
import { quantizationHover } from "./quantization";

/** The hover at an offset; undefined if there is nothing known. */
export function hover(
  launchDocument: LaunchDocument,
  offset: number,
  options: DeploymentOptions = {},
): Hover | undefined {
  const directive = launchDocument.directives.find(({ span }) => touches(span, offset));
  if (directive?.kind === "release") return releaseHover(launchDocument, directive.span);
  if (directive?.kind === "model") return modelHover(launchDocument, directive);
  if (directive) return undefined;
  if (launchDocument.file.isQuantization) return quantizationHover(launchDocument, offset);
  const own = launchDocument.notation.ownKeys?.at(launchDocument.file.text, offset);
  const judged = launchAt(launchDocument, offset);
  if (own) {
    const isName = judged && (own.key.name === "x-name" || own.key.name === "x-deployment");
    const launch = isName ? launchText(launchDocument, judged, options) : [];
    const docs = [`**${own.key.name}** — ${own.key.summary}`, own.key.text];
    return show(launchDocument, launch.length > 0 ? [...docs, "---", ...launch] : docs, own.span);
  }
  const about = judged && aboutPlace(launchDocument, judged, offset, options);
  return about && show(launchDocument, [...about.paragraphs, `*${judgedBy(judged)}*`], about.span);
}

/** What is said about a place in a launch. */
function aboutPlace(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  offset: number,
  options: DeploymentOptions,
): AboutText | undefined {
  const { launch } = judged;
  for (const argument of writtenFor(launch)) {
    const about = argumentText(launchDocument, judged, argument, offset);
    if (about) return about;
  }
  for (const { name, nameSpan, value } of launch.environment) {
    const span = [nameSpan, value.span].find((one) => touches(one, offset));
    if (span) return variableText(launchDocument, judged, name, span);
  }
  if (launch.invocation && launch.head && touches(launch.head, offset))
    return {
      paragraphs: launchText(launchDocument, judged, options),
      span: launch.head,
    };
  return undefined;
}

function variableText(
  { catalogue, settings }: LaunchDocument,
  { release }: JudgedLaunch,
  name: string,
  span: Span,
): AboutText | undefined {
  const known = environmentVariable(catalogue, name);
  return (
    known && { paragraphs: [environmentMarkdown(name, known, release, catalogue, settings.language)], span }
  );
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

/** What the comment says, and the facts of its model. */
function modelHover(launchDocument: LaunchDocument, directive: Extract<Directive, { kind: "model" }>): Hover {
  const { catalogue } = launchDocument;
  const count = Object.keys(catalogue.publicModels()).length;
  const found = findPublicModel(directive.name, catalogue);
  const facts =
    found &&
    modelMarkdown({ kind: "folder", files: { config: found.config, publicName: found.name } }, undefined);
  return show(
    launchDocument,
    [say("model.about-public", { count }), ...(facts ? [facts] : [])],
    directive.span,
  );
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

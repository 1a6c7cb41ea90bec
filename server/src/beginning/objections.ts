/** Judges what is about to be written, as every check of ours does. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { directiveText, type JudgedLaunch, type LaunchDocument, service } from "../service";
import type { BeginningRequest, BegunFile } from "./request";

/** One object, because results about a model are remembered for it. */
const NOTHING_READ = service.withConfig(undefined);

/** A config of one launch, judged. */
export function judgedConfig(
  text: string,
  request: Pick<BeginningRequest, "model">,
): { readonly document: LaunchDocument; readonly judged: JudgedLaunch } {
  const document = opened({ name: "launch.lightllm.yaml", text }, request);
  const [judged] = document.launches;
  if (!judged) throw new Error(`A written config has no launch:\n${text}`);
  return { document, judged };
}

/** A launch that has nothing but its model, whose values have the facts about it. */
export function judgedModel(request: Pick<BeginningRequest, "model" | "release">): JudgedLaunch {
  const { model, release } = request;
  const lines = [
    `# ${directiveText("release", release.name)}`,
    ...(model.publicName ? [`# ${directiveText("model", model.publicName)}`] : []),
    `model_dir: ${JSON.stringify(model.folder)}`,
  ];
  return judgedConfig(`${lines.join("\n")}\n`, request).judged;
}

function opened(
  { name, text }: Pick<BegunFile, "name" | "text">,
  { model }: Pick<BeginningRequest, "model">,
): LaunchDocument {
  const uri = `file:///new/${name}`;
  const notation = service.notationOf("", uri, text);
  if (!notation) throw new Error(`No notation reads a written file ${name}.`);
  const document = TextDocument.create(uri, "", 0, text);
  const { surroundings = NOTHING_READ } = model;
  return service.analyse(document, notation, { language: "en" }, service.shippedCatalogue(), {
    surroundings,
  });
}

/** What any check says of files that belong together: its messages, errors first. */
export function objectionsTo(files: readonly BegunFile[], request: BeginningRequest): readonly string[] {
  const documents = files.map((file) => opened(file, request));
  const own = documents.flatMap((document) => service.reportedFindings(document));
  const between = service.deploymentsOf(documents).flatMap(({ findings }) => findings);
  const all = [...own, ...between];
  const errors = all.filter(({ severity }) => severity === "error");
  return [...new Set([...errors, ...all].map(({ message }) => message))];
}

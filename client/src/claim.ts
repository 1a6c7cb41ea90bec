/** Claims config files for our language, and starts the server with the first document that is for LightLLM. */
import { type Disposable, languages, type TextDocument, Uri, workspace } from "vscode";
import { claimsFile } from "../../server/src/lsp/protocol";
import { CONFIG_LANGUAGE, DOCUMENTS, LAUNCH_WORD, QUANTIZATION_KEY } from "./documents";
import { readShort } from "./read-short";

/**
 * Gives YAML files whose first line is `# lightllm: config` our language, which also keeps other YAML servers out of
 * them. Calls `start` once, when the first document with a launch, a project's configuration or a file of `quant_cfg` is
 * open.
 */
export function claimConfigs(start: () => void): Disposable[] {
  let started = false;
  const look = (document: TextDocument) => {
    if (document.languageId === "yaml" && claimsFile(document.lineAt(0).text)) {
      void languages.setTextDocumentLanguage(document, CONFIG_LANGUAGE);
      return;
    }
    if (concernsLightllm(document)) begin();
  };
  const begin = () => {
    if (started) return;
    started = true;
    start();
  };
  const lookAtOpened = (document: TextDocument) => {
    look(document);
    if (!started) void buildsLightllm(document).then((builds) => builds && begin());
  };
  for (const document of workspace.textDocuments) lookAtOpened(document);
  return [
    workspace.onDidOpenTextDocument(lookAtOpened),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const claims =
        document.languageId === "yaml" && contentChanges.some(({ range }) => range.start.line === 0);
      if (!started || claims) look(document);
    }),
  ];
}

/** Limits: the Dockerfiles that are read, and the size of one in bytes. */
const MOST_IMAGES = 20;
const LONGEST_IMAGE = 1 << 20;

/** Whether a Compose file builds an image in whose Dockerfile the launch is. */
async function buildsLightllm(document: TextDocument): Promise<boolean> {
  const { languageId, uri } = document;
  if (languageId !== "dockercompose" && !/compose[\w.-]*\.ya?ml$/i.test(uri.path)) return false;
  const text = document.getText();
  if (!workspace.isTrusted || !/\bbuild["']?:/.test(text)) return false;
  const valuesOf = (keys: string) =>
    [...text.matchAll(new RegExp(`\\b(?:${keys})["']?:[ \\t]*["']?([^\\s"'{}\\[\\],#]+)`, "g"))].map(
      ([, value = ""]) => value,
    );
  const folders = new Set([".", ...valuesOf("build|context")]);
  const names = new Set(["Dockerfile", ...valuesOf("dockerfile")]);
  const files = [...folders].flatMap((folder) => [...names].map((name) => `${folder}/${name}`));
  const texts = await Promise.all(
    files
      .slice(0, MOST_IMAGES)
      .map((file) => readShort(Uri.joinPath(uri, "..", file), LONGEST_IMAGE))
      .map((reading) => reading.catch(() => undefined)),
  );
  return texts.some((one) => one?.includes(LAUNCH_WORD));
}

function concernsLightllm(document: TextDocument): boolean {
  if (document.languageId === CONFIG_LANGUAGE) return true;
  if (languages.match(DOCUMENTS, document) === 0) return false;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1);
  const text = document.getText();
  return name.includes(LAUNCH_WORD) || text.includes(LAUNCH_WORD) || QUANTIZATION_KEY.test(text);
}

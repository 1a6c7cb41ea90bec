/** Requests of clients that begin a configuration. */
import type { Connection } from "vscode-languageserver";
import { BEGINNING_FORMATS, begin, modelNamed, PURPOSES } from "../beginning/begin";
import { say } from "../messages";
import type { LanguageService } from "../service";
import {
  BEGIN,
  BEGIN_CHOICES,
  type BeginAnswer,
  type BeginChoicesAnswer,
  type BeginParams,
} from "./protocol";
import type { Workspace } from "./workspace";

/** Handles the requests. */
export function serveBeginnings(
  connection: Connection,
  workspace: Workspace,
  load: () => Promise<LanguageService>,
): void {
  connection.onRequest(BEGIN_CHOICES, async (): Promise<BeginChoicesAnswer> => {
    const { shippedCatalogue, gpuNames } = await load();
    const catalogue = shippedCatalogue();
    const newestFirst = [...catalogue.releases].reverse();
    return {
      purposes: PURPOSES.map((id) => ({ id, label: say(`beginning.purpose-${id}`) })),
      models: Object.keys(catalogue.publicModels()),
      gpus: gpuNames(catalogue),
      releases: [
        ...newestFirst.filter(({ tagged }) => tagged),
        ...newestFirst.filter(({ tagged }) => !tagged),
      ].map(({ name }) => name),
      formats: BEGINNING_FORMATS,
    };
  });
  connection.onRequest(BEGIN, (params: BeginParams): Promise<object> => answerTo(params));

  async function answerTo(params: BeginParams): Promise<BeginAnswer> {
    const service = await load();
    const catalogue = service.shippedCatalogue();
    const release = service.findRelease(params.release, catalogue) ?? catalogue.newest;
    if (!service.readGpu(params.gpu, catalogue)) {
      const known = service.gpuNames(catalogue).join(", ");
      return { kind: "refused", why: say("beginning.no-gpu", { gpu: params.gpu, known }) };
    }
    const model = await modelNamed(params.model, workspace.modelReading());
    if (!model) return { kind: "refused", why: say("beginning.no-model", { model: params.model }) };
    return begin({ purpose: params.purpose, model, gpu: params.gpu, release, format: params.format });
  }
}

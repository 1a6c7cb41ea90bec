// @ts-check
/**
 * An edit in one of the files of a folder, whose launches may be of one deployment: against the same edit in the file
 * alone.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { quantile } from "./client.mjs";
import { ms, print, ratio } from "./print.mjs";

const FILES = 200;
const EDITS = 60;

/** A file with two launches: nodes of a server, prefill and decode nodes, or servers of their own. @param {number} at */
function textOf(at) {
  const run = `python -m lightllm.server.api_server --model_dir /models/model-${at}`;
  const two = (/** @type {string} */ a, /** @type {string} */ b) =>
    `LOADWORKER=18 ${run} ${a} &\n${run} ${b} &\nwait\n`;
  const host = (/** @type {number} */ last) => `10.0.${at}.${last}`;
  const meet = `--tp 16 --nnodes 2 --nccl_host ${host(1)} --nccl_port 2732`;
  const master = `--pd_master_ip ${host(9)} --pd_master_port 60011`;
  if (at % 4 === 0)
    return two(`${meet} --node_rank 0 --host ${host(1)}`, `${meet} --node_rank 1 --host ${host(2)}`);
  if (at % 4 === 1)
    return two(
      `--run_mode prefill --tp 8 --host ${host(1)} ${master}`,
      `--run_mode decode --tp 8 --host ${host(2)} ${master}`,
    );
  return two(`--tp 4 --port ${8000 + at}`, `--tp 4 --port ${9000 + at}`);
}

export async function measureFolder() {
  const service = await loadTypeScript(join(dirname(fileURLToPath(import.meta.url)), "service.ts"));
  const catalogue = service.shippedCatalogue();
  const analysed = (/** @type {number} */ at, /** @type {string} */ text) =>
    service.analyse(
      TextDocument.create(`file:///folder/launch-${String(at).padStart(3, "0")}.sh`, "shellscript", 0, text),
      service.shell,
      { language: "en" },
      catalogue,
    );
  const documents = Array.from({ length: FILES }, (_, at) => analysed(at, textOf(at)));
  const memory = new service.GroupMemory();
  service.deploymentsAmong(documents, { memory });
  /** @type {Record<string, number[]>} */
  const times = { alone: [], folder: [] };
  for (let edit = 0; edit < EDITS; edit++) {
    for (const where of ["alone", "folder"]) {
      const at = (edit * 7) % FILES;
      const text = textOf(at).replace("LOADWORKER=18", `LOADWORKER=${edit}${where === "alone" ? 1 : 2}`);
      const start = performance.now();
      documents[at] = analysed(at, text);
      if (where === "alone") service.deploymentsAmong([documents[at]]);
      else service.deploymentsAmong(documents, { memory });
      times[where]?.push(performance.now() - start);
    }
  }
  const [alone = 0, folder = 0] = Object.values(times).map((list) => quantile(list, 0.5));
  print(
    `an edit in one of ${FILES} files with ${FILES * 2} launches`,
    `${ms(folder)} = ${ratio(folder, alone)} × in the file alone (${ms(alone)})`,
  );
}

/** The form of a value that follows a pattern, while it is typed. */
import { MarkupKind, type SignatureHelp } from "vscode-languageserver-types";
import type { EvaluatedDocument } from "../../analysis/document";
import { flagName } from "../../launch/launch";
import { say } from "../../messages";

/** The forms of each flag's value, or of one of its words; a placeholder is in angle brackets. */
const FORMS = {
  pd_master_mode: ["elastic", "<prefill>p<decode>d"],
  grouping_key: ["<key>=<value>"],
  metric_gateway: ["<host>:<port>"],
  eos_id: ["<id> <id> …"],
  visual_gpu_ids: ["<gpu> <gpu> …"],
  audio_gpu_ids: ["<gpu> <gpu> …"],
  visual_nccl_ports: ["<port> <port> …"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Formed = keyof typeof FORMS;

function isFormed(key: string): key is Formed {
  return Object.hasOwn(FORMS, key);
}

const PLACEHOLDER = /<[^>]+>/g;

/** The forms of the value at an offset; undefined if it has none. */
export function signatureHelp(
  { file, notation, launches }: EvaluatedDocument,
  offset: number,
): SignatureHelp | undefined {
  const cursor = notation.cursorAt(file, offset);
  if (cursor?.kind !== "value" && cursor?.kind !== "gap") return undefined;
  const flag = cursor.kind === "value" ? cursor.flag : cursor.before?.flag;
  const key = flag?.replace(/^--/, "") ?? "";
  const release = launches.find(({ launch }) => launch === cursor.launch)?.release;
  if (!isFormed(key) || !release?.byName.has(`--${key}`)) return undefined;
  const argument = cursor.launch.arguments.find((one) => one.flag === `--${key}`);
  const name = argument ? flagName(argument) : key;
  const separator = cursor.launch.form.kind === "mapping" ? ": " : " ";
  const before = `${name}${separator}`;
  const forms: readonly string[] = FORMS[key];
  return {
    signatures: forms.map((form) => ({
      label: `${before}${form}`,
      documentation: { kind: MarkupKind.Markdown, value: say(`moving.form-${key}`) },
      parameters: [...form.matchAll(PLACEHOLDER)].map(({ 0: part, index }) => ({
        label: [before.length + index, before.length + index + part.length] satisfies [number, number],
      })),
    })),
    activeSignature: activeForm(forms, cursor.typed),
    activeParameter: activeParameter(forms[activeForm(forms, cursor.typed)] ?? "", cursor),
  };
}

/** The first form that what is typed can become. */
function activeForm(forms: readonly string[], typed: string): number {
  const found = forms.findIndex((form) => form.startsWith(typed) || form.startsWith("<"));
  const isPlain = forms[found]?.startsWith("<") === false && typed === "";
  return isPlain
    ? Math.max(
        0,
        forms.findIndex((form) => form.startsWith("<")),
      )
    : Math.max(0, found);
}

/** The placeholder that is being typed: as many literal parts of the form as are typed before it. */
function activeParameter(
  form: string,
  { typed, index = 0 }: { readonly typed: string; readonly index?: number },
): number {
  const literals = form.split(PLACEHOLDER).slice(1, -1);
  if (literals.every((literal) => literal === " ")) return Math.min(index, literals.length);
  let at = 0;
  let passed = 0;
  for (const literal of literals) {
    const found = typed.indexOf(literal, at);
    if (found < 0) break;
    at = found + literal.length;
    passed++;
  }
  return passed;
}

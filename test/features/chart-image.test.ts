/** The values of a Helm chart that name the release of its templates: judged by it, and migrated with them. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open } from "../support/service";
import { having } from "../support/workspace-files";

const catalogue = service.shippedCatalogue();

const container = (image: string) => `      - name: chat
        image: ${image}
        command: ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--tp", "2"]
`;
const template = (...images: readonly string[]) =>
  `apiVersion: v1\nkind: Pod\nspec:\n  template:\n    containers:\n${images.map(container).join("")}`;

const CHART = "name: chat\nappVersion: v1.1.0 # of LightLLM\n";
const USUAL = '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"';
const OR_APP = '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"';
const values = (tag: string, before = "") =>
  `image:\n  repository: ghcr.io/modeltc/lightllm\n${before}  tag: ${tag}\n`;

/** An image, the chart's values, the release that they name, and the values and the chart after a migration. */
const NAMED: readonly (readonly [image: string, values: string, from: string, after: string])[] = [
  [USUAL, values("v1.1.0"), "v1.1.0", values("v1.2.0")],
  [USUAL, values('"v1.0.1" # old'), "v1.0.1", values('"v1.2.0" # old')],
  [USUAL, values("'1.1.0'"), "v1.1.0", values("'1.2.0'")],
  [USUAL, values("v1.1.0-cuda12"), "v1.1.0", values("v1.2.0-cuda12")],
  ['"{{ .Values.image.repository }}:v{{ .Values.image.tag }}"', values("1.1.0"), "v1.1.0", values("1.2.0")],
  ['"{{ .Values.r }}/lightllm:{{ $.Values.tag | quote }}"', "tag: v1.1.0\n", "v1.1.0", "tag: v1.2.0\n"],
  ["{{ .Values.image }}", "image: a/lightllm:v1.1.0\n", "v1.1.0", "image: a/lightllm:v1.2.0\n"],
  [
    '{{ printf "%s:%s" .Values.r .Values.t | quote }}',
    "r: lightllm\nt: v1.1.0\n",
    "v1.1.0",
    "r: lightllm\nt: v1.2.0\n",
  ],
  [OR_APP, values("v1.0.1"), "v1.0.1", values("v1.2.0")],
  [OR_APP, values('""'), "v1.1.0", CHART.replace("v1.1.0", "v1.2.0")],
  [
    '"{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}"',
    values(""),
    "v1.1.0",
    CHART.replace("v1.1.0", "v1.2.0"),
  ],
];

test.each(NAMED)("%s with %j is an image of %s", (image, text, from, after) => {
  const files = { "../Chart.yaml": CHART, "../values.yaml": text };
  const document = open(template(image), {}, "kubernetes", having(files));
  expect(document.launches.map(({ chosen }) => [chosen.reason, chosen.release.name])).toEqual([
    ["image", from],
  ]);
  const to = catalogue.release("v1.2.0");
  if (!to) throw new Error("There is no v1.2.0.");
  const migration = service.migrate(document, document.launches, to, { newDefaults: true });
  expect(migration.files.map(({ migrated }) => migrated)).toEqual([after]);
  expect(migration.launches[0]?.notes.join("\n")).toMatch(
    /`(?:values|Chart)\.yaml` of the chart names v1\.2\.0 now/,
  );
  const edit = service.offerMigration(document, document.launches[0] as never, to, false).edit;
  expect(Object.keys(edit?.changes ?? {}).filter((uri) => uri.startsWith("file:///w/"))).toHaveLength(1);
});

/** What names no release: the words of the launch decide. */
const UNKNOWN: readonly (readonly [why: string, image: string, values: string | undefined])[] = [
  ["no values", USUAL, undefined],
  ["no tag", USUAL, "image:\n  repository: lightllm\n"],
  ["another image", USUAL, "image:\n  repository: vllm\n  tag: v1.1.0\n"],
  ["a tag that moves", USUAL, values("latest")],
  ["an alias", USUAL, "a: &i {repository: lightllm, tag: v1.1.0}\nimage: *i\n"],
  ["a merge", USUAL, "a: &i {repository: lightllm, tag: v1.1.0}\nimage:\n  <<: *i\n  repository: lightllm\n"],
  ["a function", '"{{ .Values.image.repository }}:{{ tpl .Values.image.tag . }}"', values("v1.1.0")],
  ["a helper", '{{ include "chat.image" . }}', values("v1.1.0")],
  [
    "a digest that is not known",
    '"{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ include "d" . }}"',
    values("v1.1.0"),
  ],
  ["values that are no YAML", USUAL, `${values("v1.1.0")}a: [\n`],
];

test.each(UNKNOWN)("%s: no release is named", (_why, image, text) => {
  const files = { "../Chart.yaml": CHART, ...(text !== undefined && { "../values.yaml": text }) };
  const document = open(template(image), {}, "kubernetes", having(files));
  expect(document.launches.map(({ chosen }) => chosen.reason)).toEqual(["newest"]);
});

test("two images of one chart change in one file; one that another launch keeps is left", () => {
  const images = ['"lightllm:{{ .Values.a }}"', '"lightllm:{{ .Values.b }}"', '"lightllm:{{ .Values.b }}"'];
  const files = { "../../Chart.yaml": CHART, "../../values.yaml": "a: v1.1.0\nb: v1.1.0\n" };
  const document = open(template(...images), {}, "kubernetes", having(files));
  const to = catalogue.release("v1.2.0");
  if (!to) throw new Error("There is no v1.2.0.");
  const texts = (count: number) =>
    service.migrate(document, document.launches.slice(0, count), to).files.map(({ migrated }) => migrated);
  expect(texts(3)).toEqual(["a: v1.2.0\nb: v1.2.0\n"]);
  expect(texts(2)).toEqual(["a: v1.2.0\nb: v1.1.0\n"]);
});

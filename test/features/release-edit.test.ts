/** The comment that sets a launch's release, written in every notation and read again. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type LaunchDocument, service } from "../../server/src/service";

const { analyse, notationOf, releaseEdit, shippedCatalogue } = service;

const LANGUAGES: Readonly<Record<string, string>> = {
  "lightllm.yaml": "lightllm-yaml",
  "run.sh": "shellscript",
  Dockerfile: "dockerfile",
  "compose.yaml": "dockercompose",
  "pod.yaml": "yaml",
  "README.md": "markdown",
  "doc.rst": "restructuredtext",
  "start.py": "python",
};

/** A text without the mark `‸`, and the offset of the mark; `|` has a meaning in YAML. */
function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  return { text: marked.replace("‸", ""), offset: marked.indexOf("‸") };
}

function openAs(name: string, text: string): LaunchDocument {
  const languageId = LANGUAGES[name] ?? "";
  const document = TextDocument.create(`file:///${name}`, languageId, 1, text);
  const notation = notationOf(languageId, document.uri, text);
  if (!notation) throw new Error(`No notation reads ${name}.`);
  return analyse(document, notation, { language: "en" }, shippedCatalogue());
}

/** The text after the edit for the launch at `‸`; undefined if there is none. */
function rewritten(name: string, marked: string, release: string | null): string | undefined {
  const { text, offset } = atCursor(marked);
  const { document } = openAs(name, text);
  const edit = releaseEdit(openAs(name, text), offset, release);
  return edit && TextDocument.applyEdits(document, edit.changes?.[document.uri] ?? []);
}

function releasesIn(name: string, text: string): string[] {
  return openAs(name, text).launches.map(({ chosen }) => `${chosen.release.name} ${chosen.reason}`);
}

const LAUNCH = "python -m lightllm.server.api_server";
const OTHERS = "v1.2.0 newest";
const CHOSEN = "v1.0.1 modeline";

/** A file, the launch at `‸`, and the line that the comment must be above. */
const PLACES: readonly [what: string, name: string, text: string, above: string, releases: string[]][] = [
  ["a config", "lightllm.yaml", "# lightllm: config\n\nt‸p: 2\n", "tp: 2", [CHOSEN]],
  ["the second launch of a config", "lightllm.yaml", "tp: 2\n---\n# b\ntp: 3‸\n", "tp: 3", [OTHERS, CHOSEN]],
  ["a config without the cursor in it", "lightllm.yaml", "‸# a\n# b\nenv:\n  A: b\n", "env:", [CHOSEN]],
  [
    "a script",
    "run.sh",
    `set -e\nif a; then\n  A=1 \\\n  ${LAUNCH} \\\n  --t‸p 2\nfi\n`,
    "  A=1 \\",
    [CHOSEN],
  ],
  [
    "a wrapped command",
    "run.sh",
    `docker run \\\n  img \\\n  ${LAUNCH} --t‸p 2\n`,
    "docker run \\",
    [CHOSEN],
  ],
  ["an array", "run.sh", `A=(\n  --t‸p 2\n)\n${LAUNCH} "\${A[@]}"\n`, "  --tp 2", [CHOSEN]],
  ["a here-document", "run.sh", `ssh h <<EOF\n  ${LAUNCH} --t‸p 2\nEOF\n`, `  ${LAUNCH} --tp 2`, [CHOSEN]],
  ["a string", "run.sh", `bash -c "cd a\n${LAUNCH} --t‸p 2"\n`, `${LAUNCH} --tp 2"`, [CHOSEN]],
  ["RUN", "Dockerfile", `FROM x\nRUN a \\\n  && ${LAUNCH} --t‸p 2\n`, "RUN a \\", [CHOSEN]],
  [
    "CMD",
    "Dockerfile",
    'FROM x\nCMD ["python", "-m", \\\n  "lightllm.server.api_server", "--t‸p", "2"]\n',
    'CMD ["python", "-m", \\',
    [CHOSEN],
  ],
  [
    "a folded command",
    "compose.yaml",
    `services:\n  a:\n    image: x\n    command: >\n      ${LAUNCH}\n      --t‸p 2\n`,
    "    command: >",
    [CHOSEN],
  ],
  [
    "a list of a container",
    "pod.yaml",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [python, -m, lightllm.server.api_server]\n    args:\n    - --t‸p\n    - '2'\n`,
    "    command: [python, -m, lightllm.server.api_server]",
    [CHOSEN],
  ],
  [
    "a script of a container",
    "pod.yaml",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [sh, -c]\n    args:\n    - |\n      A=1\n      ${LAUNCH} \\\n        --t‸p 2\n`,
    `      ${LAUNCH} \\`,
    [CHOSEN],
  ],
  [
    "a block of Markdown",
    "README.md",
    `# A\n\n\`\`\`sh\n${LAUNCH} --tp 1\n\`\`\`\n\n- b\n  \`\`\`sh\n  ${LAUNCH} --t‸p 2\n  \`\`\`\n`,
    `  ${LAUNCH} --tp 2`,
    [OTHERS, CHOSEN],
  ],
  ["reStructuredText", "doc.rst", `A\n=\n\n::\n\n  ${LAUNCH} --t‸p 2\n`, `  ${LAUNCH} --tp 2`, [CHOSEN]],
  [
    "a list in Python",
    "start.py",
    'run([\n  "python", "-m", "lightllm.server.api_server",\n  "--t‸p", "2"])\n',
    "run([",
    [CHOSEN],
  ],
  ["a string in Python", "start.py", `a = \\\n  "${LAUNCH} --t‸p 2"\n`, "a = \\", [CHOSEN]],
];

describe("a release for one launch", () => {
  test.each(PLACES)("is put above it in %s, and removed again", (_what, name, marked, above, releases) => {
    const { text } = atCursor(marked);
    const named = rewritten(name, marked, "v1.0.1") ?? "";
    const indent = /^\s*/.exec(above)?.[0] ?? "";
    expect(named).toBe(text.replace(above, `${indent}# lightllm: release=v1.0.1\n${above}`));
    expect(releasesIn(name, named)).toEqual(releases);
    const back = named.replace(above, `${above.slice(0, -1)}‸${above.slice(-1)}`);
    expect(rewritten(name, back, null)).toBe(text);
  });

  test("is changed where it is written", () => {
    const text = "# lightllm: release=v1.1.0\ntp: 2‸\n---\ntp: 3\n";
    expect(rewritten("lightllm.yaml", text, "v1.0.0")).toBe(
      "# lightllm: release=v1.0.0\ntp: 2\n---\ntp: 3\n",
    );
    expect(rewritten("lightllm.yaml", "# lightllm: release\ntp: 2‸\n", "v1.0.0")).toBe(
      "# lightllm: release=v1.0.0\ntp: 2\n",
    );
    expect(rewritten("lightllm.yaml", text, "v1.1.0")).toBe(text.replace("‸", ""));
  });

  test("leaves the comment at the head of the file to the other launches", () => {
    const text = "# lightllm: release=v1.1.0\ntp: 2\n---\ntp: 3‸\n";
    expect(rewritten("lightllm.yaml", text, "v1.0.0")).toBe(
      "# lightllm: release=v1.1.0\ntp: 2\n---\n# lightllm: release=v1.0.0\ntp: 3\n",
    );
  });

  test("does not come between a comment and the line that it is for", () => {
    const text = "# lightllm: disable-next-line=argparse-unknown-flag\nfoo: 2‸\n";
    expect(rewritten("lightllm.yaml", text, "v1.0.0")).toBe(
      `# lightllm: release=v1.0.0\n${text.replace("‸", "")}`,
    );
  });

  test("keeps Windows line ends", () => {
    expect(rewritten("lightllm.yaml", "# a\r\ntp: 2‸\r\n", "v1.0.0")).toBe(
      "# a\r\n# lightllm: release=v1.0.0\r\ntp: 2\r\n",
    );
  });

  test("is not written where there is no launch", () => {
    expect(rewritten("run.sh", "echo lightllm‸\n", "v1.0.0")).toBeUndefined();
  });
});

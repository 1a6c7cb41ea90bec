/** No text for users is in the code: each comes from the catalogue of messages. */
import { relative } from "node:path";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import { expect, test } from "vitest";
import { root } from "../support/paths";

/** Two consecutive words, the second in lower case. `§` is the place of a value. */
const SENTENCE = /[A-Za-z§'`)]{2,}[,;:]? +[a-z§`']{2,}/;

/** Files whose texts are not for users, and why. */
const OTHER_LANGUAGES: readonly RegExp[] = [
  // Python's own messages, which ours quote.
  /^server\/src\/python\//,
  /^server\/src\/judgement\/model\/lookup\.ts$/,
  /^server\/src\/judgement\/model\/end-of-text\.ts$/,
  // Options of programs, and names that belong to shells.
  /^server\/src\/notations\/wrappers\.ts$/,
  /^server\/src\/conversion\/write\/shell-words\.ts$/,
  // Lines of the output formats.
  /^server\/src\/conversion\/write\//,
  /^server\/src\/notations\/yaml-text\/write-variable\.ts$/,
  // Scripts of shells.
  /^server\/src\/cli\/completions\.ts$/,
  // Elements of XML.
  /^server\/src\/cli\/check-formats\/(?:checkstyle|junit)\.ts$/,
  // The language of diagrams.
  /^server\/src\/cli\/mermaid\.ts$/,
  // LightLLM's conditions as expressions, and patterns.
  /^server\/src\/schema\/conditions\.ts$/,
  /^server\/src\/notations\/console\.ts$/,
  /^server\/src\/launch\/directive-comment\.ts$/,
];

/** Texts for comparison with input: data of a release, messages of a parser. */
const COMPARED = new Set([
  "no effect",
  "deprecated, no effect",
  "checked but without effect",
  "no folder",
  "Implicit map keys need",
  "Missing closing",
  "nesting depth exceeded",
  "lightllm: release=§",
  "lightllm: disable-next-line=§",
  "# lightllm: release=§",
  // A language's name in the manifest.
  "systemd unit file",
]);

/** The text of a literal, with `§` in the place of each value. */
function textOf(node: Node): string | undefined {
  const { kind } = node;
  if (kind === SyntaxKind.StringLiteral || kind === SyntaxKind.NoSubstitutionTemplateLiteral)
    return (node as Node & { text: string }).text;
  if (kind !== SyntaxKind.TemplateExpression) return undefined;
  const { head, templateSpans } = node as Node & {
    head: { text: string };
    templateSpans: readonly { literal: { text: string } }[];
  };
  return [head.text, ...templateSpans.map(({ literal }) => literal.text)].join("§");
}

/** Whether a literal is not a text for users: a type, a module's name, or an error of the program itself. */
function isNoText({ parent }: Node): boolean {
  const kinds = [SyntaxKind.LiteralType, SyntaxKind.ImportDeclaration, SyntaxKind.ExportDeclaration];
  if (kinds.includes(parent.kind)) return true;
  if (parent.kind !== SyntaxKind.NewExpression) return false;
  const { expression } = parent as Node & { expression: Node & { text?: string } };
  return expression.text === "Error";
}

function sentencesOf(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: Node): undefined => {
    const text = textOf(node);
    if (text !== undefined && SENTENCE.test(text) && !COMPARED.has(text) && !isNoText(node)) found.push(text);
    node.forEachChild(visit);
    return undefined;
  };
  visit(file);
  return found;
}

test("server and client write no sentence outside the catalogue", () => {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: `${root}/tsconfig.json` }).getProjects();
    const names = project?.program.getSourceFileNames() ?? [];
    const files = names
      .map((name) => ({ name, path: relative(root, name).replaceAll("\\", "/") }))
      .filter(({ path }) => /^(?:server|client)\/src\//.test(path))
      .filter(({ path }) => !OTHER_LANGUAGES.some((pattern) => pattern.test(path)));
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap(({ name, path }) => {
      const file = project?.program.getSourceFile(name);
      return file ? sentencesOf(file).map((text) => `${path}: ${text}`) : [`${path} is not read`];
    });
    expect(found).toEqual([]);
  } finally {
    api.close();
  }
});

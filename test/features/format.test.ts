/** Format Document: what it takes away, and what it leaves. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";

function formatted(text: string, notation: TestNotation): string {
  const launchDocument = open(text, {}, notation);
  return TextDocument.applyEdits(launchDocument.document, service.formatEdits(launchDocument));
}

describe("Format Document", () => {
  test.each<[TestNotation, string, string, string]>([
    ["yaml", "takes white space from the ends of lines", "tp: 8  \nport: 8000\t\n", "tp: 8\nport: 8000\n"],
    ["yaml", "keeps Windows line ends", "tp: 8  \r\nport: 8000\r\n", "tp: 8\r\nport: 8000\r\n"],
    [
      "yaml",
      "keeps a value that ends with it",
      "model_name: |\n  a  \ntp: 8  \n",
      "model_name: |\n  a  \ntp: 8\n",
    ],
    [
      "yaml",
      "takes it from a quoted value, which is folded",
      'model_name: "a  \n  b"\ntp: 8 \n',
      'model_name: "a\n  b"\ntp: 8\n',
    ],
    [
      "shell",
      "keeps a space after a backslash",
      `${RUN} --tp 8 \\ \n  --port 8000  \n`,
      `${RUN} --tp 8 \\ \n  --port 8000  \n`,
    ],
    [
      "shell",
      "leaves other lines",
      `echo a  \n${RUN} --tp 8 \\\n  --port 8000\n`,
      `echo a  \n${RUN} --tp 8 \\\n  --port 8000\n`,
    ],
    ["yaml", "leaves a clean text", "tp: 8\n", "tp: 8\n"],
  ])("in %s %s", (notation, _, text, expected) => {
    expect(formatted(text, notation)).toBe(expected);
    expect(formatted(expected, notation)).toBe(expected);
  });
});

/** `lightllm-config schema --source`, as a real process. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { shippedCatalogue } from "../../server/src/catalogue";
import { PLAIN, writeParser } from "../support/argparse-writer";
import { program } from "../support/paths";

const folder = mkdtempSync(join(tmpdir(), "lightllm-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const catalogue = shippedCatalogue();
const whole = writeParser(catalogue.newest.flags, PLAIN);

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "schema", ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function file(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

file("checkout/lightllm/server/api_cli.py", whole);
file("checkout/lightllm/server/api_server.py", "from .api_cli import make\n");
file("site-packages/lightllm/server/api_cli.py", whole);
file("older/lightllm/server/api_server.py", whole);
file(
  "fork/api_cli.py",
  whole.replace("    return parser", '    parser.add_argument("--own")\n    return parser'),
);
file("cut/api_cli.py", whole.slice(0, 5000));
file("binary/api_cli.py", new Uint8Array([0xff, 0xfe, 0x80, 0x41]));
file("other/api_cli.py", "print('hello')\n");
file("none/readme.txt", "");

describe("schema --source", () => {
  test.each([
    ["a checkout", "checkout"],
    ["the package", "checkout/lightllm"],
    ["its server", "checkout/lightllm/server"],
    ["the file", "checkout/lightllm/server/api_cli.py"],
    ["site-packages", "site-packages"],
    ["an older one, whose server has the parser", "older"],
  ])("of %s prints the schema of what is there, and says so", (_, path) => {
    const { status, stdout, stderr } = run("--source", path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { title, description, ...schema } = JSON.parse(stdout);
    const { title: _title, description: _description, ...shipped } = JSON.parse(run().stdout);
    expect(schema).toEqual(shipped);
    expect(title).toBe(`LightLLM ${catalogue.newest.name} launch config, read from its source`);
    expect(description).toMatch(/read from its own source\. They are those of LightLLM v/);
  });

  test("of a fork has its flags and says what it is near to", () => {
    const { title, description, properties } = JSON.parse(run("--source", "fork").stdout);
    expect(title).toBe(`LightLLM ${catalogue.newest.name}+local launch config, read from its source`);
    expect(description).toMatch(/1 flag differs from LightLLM v/);
    expect(properties).toHaveProperty("own");
  });

  test.each<[readonly string[], RegExp]>([
    [["--source", "nowhere"], /there is no folder or file 'nowhere'/],
    [["--source", "none"], /'none' holds no LightLLM: looked for lightllm.server.api_cli\.py/],
    [["--source", "cut"], /api_cli\.py' is not LightLLM's parser: it ends in/],
    [["--source", "binary"], /no UTF-8/],
    [["--source", "other"], /it adds no flags/],
    [["--source", "none/readme.txt"], /it is empty/],
    [["--source"], /'--source <value>' argument missing/],
    [["--source", "fork", "--release", "v1.1.0"], /either --release or --source, not both/],
    [["fork"], /nothing is known to do with 'fork'/],
    [["--sorce", "fork"], /Unknown option '--sorce'\. Try/],
    [["--release", "--list"], /'--release' argument is ambiguous\. Try/],
  ])("bad usage is one sentence on stderr and status 2: %j", (words, message) => {
    const { status, stdout, stderr } = run(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

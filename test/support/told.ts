/** A stand-in for `python` that tells how it was started, and what shells and programs that start it tell. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The words and the environment that a program was started with. */
export interface Told {
  readonly words: string[];
  readonly env: Record<string, string>;
}

const START = "told";

/** Perl starts in a fraction of Node's time, and changes nothing in its environment as a shell does. */
const PERL = `#!/usr/bin/perl
print join("\\0", "${START}", scalar(@ARGV), @ARGV, map({ "$_=$ENV{$_}" } keys %ENV)), "\\0";
`;
const NODE = `#!${process.execPath}
const words = process.argv.slice(2);
const env = Object.entries(process.env).map((one) => one.join("="));
process.stdout.write(["${START}", words.length, ...words, ...env].map((one) => one + "\\0").join(""));
`;

/** Puts the stand-in into a folder below `folder`. @returns the environment in which it is `python` */
export function withToldPython(folder: string): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const hasPerl = spawnSync("/usr/bin/perl", ["-e", "1"]).status === 0;
  writeFileSync(join(bin, "python"), hasPerl ? PERL : NODE);
  chmodSync(join(bin, "python"), 0o755);
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, PERL_BADLANG: "0" };
}

/** What the stand-in printed. @throws if anything else was printed */
export function readTold(stdout: string): Told {
  const [start, count, ...rest] = stdout.split("\0");
  const environment = rest.slice(Number(count), -1).map((one) => /^([^=]*)=(.*)$/s.exec(one));
  if (start !== START || rest.at(-1) !== "" || environment.includes(null))
    throw new Error(`More than the stand-in's output: ${stdout}`);
  const env = Object.fromEntries(environment.map((one) => [one?.[1] ?? "", one?.[2] ?? ""]));
  return { words: rest.slice(0, Number(count)), env };
}

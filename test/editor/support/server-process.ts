/** The process of the language server, seen from the extension host that started it. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Context } from "mocha";
import { eventually } from "./eventually";

/** Skips a test if processes cannot be listed. */
export function needsProcessList(test: Context): void {
  if (!existsSync("/proc/self/cmdline")) {
    console.log("Skipped: this system has no /proc to look for the server's process in.");
    test.skip();
  }
}

/** The process ids of the language servers of this extension host. */
export function serverPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isOurServer(pid))
    .map(Number);
}

/** The process id of the only running language server. */
export function theServer(): Promise<number> {
  return eventually(() => {
    const [pid, ...others] = serverPids();
    assert.ok(pid, "No language server runs.");
    assert.deepEqual(others, [], "One language server is enough.");
    return pid;
  });
}

function isOurServer(pid: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    // The name of the program, in parentheses, may contain spaces; the parent is the second field after it.
    const parent = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")[1];
    return Number(parent) === process.pid && /[/\\]dist[/\\]server\.js/.test(command);
  } catch {
    // It has ended in the meantime.
    return false;
  }
}

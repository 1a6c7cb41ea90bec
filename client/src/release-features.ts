/** All features for releases, the same in Node and in a browser. */
import { commands, type Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type MigrateOptions, migrateLaunch } from "./migrate-launch";
import { followPython } from "./python-extension";
import { showRelease } from "./release-status";
import { type SelectReleaseOptions, selectRelease } from "./select-release";

export function releaseFeatures(client: BaseLanguageClient): Disposable[] {
  return [
    showRelease(client),
    followPython(client),
    commands.registerCommand("lightllm.selectRelease", (options?: SelectReleaseOptions) =>
      selectRelease(client, options),
    ),
    commands.registerCommand("lightllm.migrateLaunch", (options?: MigrateOptions) =>
      migrateLaunch(client, options),
    ),
  ];
}

/** Carries the files along that launches name, where they lie in the workspace and nothing else needs them as they are. */
import type { QuantizationNames } from "../../catalogue/move-facts";
import type { PointedFile, Surroundings } from "../../judgement/surroundings";
import type { Launch, TextChange } from "../../launch/launch";
import { type RenamedFile, renameInQuantizationFile } from "./quantization-file";

/** A file that a migration changes. */
export interface MigratedFile extends PointedFile {
  readonly migrated: string;
  /** The changes, where they stand beside those that other launches need. */
  readonly changes?: readonly TextChange[];
}

/** A file that a launch names, and what has to change in it. */
export interface FileRequest {
  /** The file's name as the launch has it. */
  readonly written: string;
  readonly file: PointedFile;
  /** The new names for each pair of releases on the way. */
  readonly steps: readonly QuantizationNames[];
}

/** A file with its new names; undefined if it is left as it is. */
export type FileAnswer = RenamedFile | undefined;

/** A migration of a launch that names files. */
interface Requesting {
  fileRequests(): readonly FileRequest[];
  reportFiles(answers: readonly FileAnswer[]): void;
}

/** The flags that name quantization files. */
const FLAGS: ReadonlySet<string> = new Set(["--quant_cfg", "--vit_quant_cfg"]);

/**
 * Changes the files that launches name, and has each migration report its own. A file is left as it is if two launches
 * need different changes, or if a launch that is not migrated names it too.
 */
export function migratePointedFiles(
  migrations: readonly Requesting[],
  staying: readonly Launch[],
  surroundings: Surroundings,
): MigratedFile[] {
  const needed = pathsIn(staying, surroundings);
  const wanted = new Map<string, Set<string>>();
  for (const { file, steps } of migrations.flatMap((one) => one.fileRequests()))
    wanted.set(file.path, (wanted.get(file.path) ?? new Set()).add(JSON.stringify(steps)));
  const changed = new Map<string, MigratedFile>();
  for (const migration of migrations) {
    const answers = migration.fileRequests().map(({ file, steps }): FileAnswer => {
      if (needed.has(file.path) || wanted.get(file.path)?.size !== 1) return undefined;
      const answer = renameInQuantizationFile(file.text, steps);
      if (answer && answer.text !== file.text) changed.set(file.path, { ...file, migrated: answer.text });
      return answer;
    });
    migration.reportFiles(answers);
  }
  return [...changed.values()];
}

/** The paths of the quantization files that launches name. */
function pathsIn(launches: readonly Launch[], { file }: Surroundings): ReadonlySet<string> {
  const given = launches.flatMap((launch) => launch.arguments.filter(({ flag }) => FLAGS.has(flag)));
  const words = given.flatMap((argument) => argument.words.flatMap(({ text }) => text ?? []));
  return new Set(words.flatMap((word) => file?.(word)?.path ?? []));
}

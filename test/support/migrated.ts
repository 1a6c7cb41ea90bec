/** Recorded launches that a release accepts, migrated to other releases. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseArguments } from "../../server/src/judgement/argparse";
import { type JudgedLaunch, type LaunchDocument, service } from "../../server/src/service";
import { type Case, casesOf, inShell, RELEASES, recordedOn, SHELL } from "./conformance";

const { analyse, migrate, shippedCatalogue } = service;
const catalogue = shippedCatalogue();

/** Each release with every later one. */
export const PAIRS = RELEASES.flatMap((from, at) => RELEASES.slice(at + 1).map((to) => [from, to] as const));

/**
 * Whether a pair is of neighbours, or leads to the newest release. All launches take these: so each crosses every
 * boundary after its release, and each release is the end of the way for those of the one before.
 */
function isWhole(from: string, to: string): boolean {
  return to === RELEASES.at(-1) || RELEASES.indexOf(to) === RELEASES.indexOf(from) + 1;
}

/** Of the other pairs, the share of launches that are migrated: one of so many; `EVERY_MIGRATION=1` takes all. */
const SAMPLE = process.env.EVERY_MIGRATION ? 1 : 4;

/** An accepted launch, judged by its own release. */
interface Accepted {
  readonly one: Case;
  readonly opened: LaunchDocument;
  readonly launch: JudgedLaunch;
}

const accepted = new Map<string, readonly Accepted[]>();

/** The recorded launches that a release accepts; judged once for all releases that they are migrated to. */
export function acceptedBy(release: string): readonly Accepted[] {
  let found = accepted.get(release);
  if (!found) {
    found = casesOf(release)
      .filter((one) => one.accepted)
      .flatMap((one) => {
        const opened = open(inShell(one), release, one);
        const [launch] = opened.launches;
        return launch?.accepted ? [{ one, opened, launch }] : [];
      });
    accepted.set(release, found);
  }
  return found;
}

/** A text with the launch of a case, judged by a release. */
export function open(text: string, release: string, one: Case): LaunchDocument {
  const fixed = catalogue.release(release);
  if (!fixed) throw new Error(`There is no release ${release}.`);
  const document = TextDocument.create("file:///launch.sh", "shellscript", 1, text);
  return analyse(document, SHELL, { language: "en", fixed }, catalogue, { surroundings: recordedOn(one) });
}

/** A migrated launch. */
export function migrated({ opened }: Pick<Accepted, "opened">, to: string) {
  const target = catalogue.release(to);
  if (!target) throw new Error(`There is no release ${to}.`);
  const { text, launches } = migrate(opened, opened.launches, target);
  return { before: opened.document.getText(), text, migrated: launches[0] };
}

/** The flags of a launch with their words. */
export const assignmentsOf = ({ launch, release }: JudgedLaunch) =>
  parseArguments(launch, release).assignments;

/** Finds what a migration does not tell, and checks that it solves what the new release refuses. */
export function checkTold(from: string, to: string) {
  const refused: string[] = [];
  const silent: string[] = [];
  let left = 0;
  const shift = RELEASES.indexOf(from) + RELEASES.indexOf(to);
  const all = acceptedBy(from).filter((_, at) => isWhole(from, to) || (at + shift) % SAMPLE === 0);
  for (const accepted of all) {
    const { one, launch } = accepted;
    const { text, migrated: result } = migrated(accepted, to);
    const [after] = open(text, to, one).launches;
    if (!after) throw new Error(`No launch in: ${text}`);
    const told = [...(result?.done ?? []), ...(result?.notes ?? []), ...(result?.differences ?? [])].join(
      "\n",
    );
    const objections = after.findings.filter(({ effect }) => effect === "refused");
    if (!after.accepted) left++;
    const known = new Set(launch.findings.map(({ code, flag }) => `${code} ${flag}`));
    const warned = after.findings.filter(
      ({ code, flag, severity }) => severity === "warning" && !known.has(`${code} ${flag}`),
    );
    for (const { message } of warned) if (!told.includes(message)) silent.push(`${one.id}: ${message}`);
    if (objections.some(({ message }) => !told.includes(message))) refused.push(`${one.id}: ${text}${told}`);
    const kept = new Set(assignmentsOf(after).map(({ flag }) => flag.name));
    for (const { flag } of assignmentsOf(launch))
      if (!kept.has(flag.name) && !told.includes(flag.name)) silent.push(`${one.id}: ${flag.name}`);
    if (result?.accepted !== after.accepted) silent.push(`${one.id}: its acceptance is told wrongly`);
  }
  return { count: all.length, refused, silent, left: left / all.length };
}

/**
 * The deployments of open documents: their launches, and those of the files around them. What is not read or judged yet
 * is done in the background, so that the findings of a document never wait for another file.
 */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { RelatedFiles, RelatedTexts } from "../files/related-files";
import type { Deployment, GroupMemory, LanguageService, LaunchDocument, NamedDeployments } from "../service";
import type { HostFiles } from "./host";
import { takeSteps } from "./turns";
import type { Workspace } from "./workspace";

export interface RelatedOptions {
  readonly service: LanguageService;
  /** Reads the files around a folder; absent if the server has no access. */
  readonly files?: RelatedFiles | undefined;
  /** The folder of a document on this machine; undefined if it is not there, or nothing may be read. */
  folderOf(uri: string): string | undefined;
  uriOf(path: string): string;
  /** The current analyses of open documents; undefined for one that is not analysed yet. */
  open(): readonly { readonly uri: string; readonly analysed: LaunchDocument | undefined }[];
  /** Judges a file that is not open; as `LanguageService.analyseInSteps`. */
  analyseFile(document: TextDocument): Generator<undefined, LaunchDocument> | undefined;
  /** Called when the findings of an open document may be others. */
  changed(uris: readonly string[]): void;
}

/** A file that is not open, as it was judged. */
interface JudgedText {
  readonly text: string;
  /** Undefined if no notation reads it, or while it is judged. */
  readonly analysed: LaunchDocument | undefined;
}

/** The deployments that were found last, and among what. */
interface LastDeployments {
  readonly documents: readonly LaunchDocument[];
  readonly around: RelatedTexts | undefined;
  readonly deployments: readonly Deployment[];
  /** The documents that are judged by the release of their deployment. */
  readonly judged: ReadonlyMap<LaunchDocument, LaunchDocument>;
}

/** The groups of a folder: of its documents alone, and as they are judged in their deployments. */
interface Memories {
  readonly memory: GroupMemory;
  readonly memoryOfJudged: GroupMemory;
}

/** Limit for folders whose groups are kept. */
const MOST_MEMORIES = 20;

/** Limit for judged files; more than those around the open documents. */
const MOST_JUDGED = 2000;

export class RelatedDocuments {
  private readonly judged = new Map<string, JudgedText>();
  /** Texts to judge, by URI. */
  private readonly waiting = new Map<string, string>();
  private judging: Promise<void> | undefined;
  /** What was last said between launches about each open document. */
  private readonly told = new Map<string, string>();
  /** What was found before, by the folder of the document that was asked about. */
  private readonly memories = new Map<string, Memories>();
  private last: LastDeployments | undefined;

  constructor(private readonly options: RelatedOptions) {}

  /** A document as it is judged in its deployments: by one release for all their files. */
  judgedIn(analysed: LaunchDocument): LaunchDocument {
    return this.deploymentsAround(analysed).judged.get(analysed) ?? analysed;
  }

  /** The deployments that a launch of a document is in, as far as the other files are known. */
  deploymentsWith(analysed: LaunchDocument): readonly Deployment[] {
    const { deployments } = this.deploymentsAround(analysed);
    this.compare(deployments, analysed.document.uri);
    return deployments.filter(({ members }) => members.some(({ document }) => document === analysed));
  }

  /** Call this when a document is closed. @returns whether the findings of the others may be others now. */
  closed(uri: string): boolean {
    this.told.delete(uri);
    const { last } = this;
    this.last = undefined;
    return (
      last?.deployments.some(({ members }) =>
        members.some(({ document }) => document.document.uri === uri),
      ) ?? false
    );
  }

  /** Call this after the settings have changed. */
  forgetAll(): void {
    this.judged.clear();
    this.memories.clear();
    this.last = undefined;
  }

  /** Looks at the files again; `changed` follows if they are others. */
  filesChanged(): void {
    this.options.files?.recheck();
    for (const folder of this.openFolders()) this.options.files?.around(folder);
  }

  private openFolders(): ReadonlySet<string> {
    const folders = this.options.open().map(({ uri }) => this.options.folderOf(uri));
    return new Set(folders.filter((folder) => folder !== undefined));
  }

  private deploymentsAround(analysed: LaunchDocument): LastDeployments {
    const { service, files, folderOf, uriOf } = this.options;
    const { uri } = analysed.document;
    const folder = folderOf(uri);
    const around = folder === undefined ? undefined : files?.around(folder);
    const open = new Map(this.options.open().map((one) => [one.uri, one.analysed] as const));
    const { last } = this;
    const documents = [givenOf(analysed, last)];
    for (const [other, judged] of open) if (other !== uri && judged) documents.push(judged);
    for (const { path, text } of around?.texts ?? []) {
      const at = uriOf(path);
      if (open.has(at)) continue;
      const known = this.judged.get(at);
      if (known?.analysed) documents.push(known.analysed);
      if (known?.text !== text) this.judgeLater(at, text);
    }
    const sorted = documents.sort((a, b) => (a.document.uri < b.document.uri ? -1 : 1));
    const isSame =
      last?.around === around &&
      last?.documents.length === sorted.length &&
      sorted.every((one, index) => one === last.documents[index]);
    if (last && isSame) return last;
    const { deployments, judged } = service.deploymentsTogether(sorted, {
      named: around && namedIn(around, uriOf),
      ...this.memoriesOf(folder ?? ""),
    });
    this.last = { documents: sorted, around, deployments, judged };
    return this.last;
  }

  private memoriesOf(folder: string): Memories {
    const { newGroupMemory } = this.options.service;
    const memories = this.memories.get(folder) ?? {
      memory: newGroupMemory(),
      memoryOfJudged: newGroupMemory(),
    };
    if (this.memories.size >= MOST_MEMORIES) this.memories.clear();
    this.memories.set(folder, memories);
    return memories;
  }

  /** Tells about the open documents whose findings between launches are others than before. */
  private compare(deployments: readonly Deployment[], current: string): void {
    const others: string[] = [];
    const open = this.options.open();
    const isOpen = new Set(open.map(({ uri }) => uri));
    for (const { uri, analysed } of open) {
      if (!analysed) continue;
      const now = saidAbout(uri, deployments, isOpen);
      if (this.told.get(uri) === now) continue;
      if (uri !== current && this.told.has(uri)) others.push(uri);
      this.told.set(uri, now);
    }
    if (others.length > 0) this.options.changed(others);
  }

  private judgeLater(uri: string, text: string): void {
    this.waiting.set(uri, text);
    this.judging ??= this.judgeWaiting().finally(() => {
      this.judging = undefined;
    });
  }

  private async judgeWaiting(): Promise<void> {
    let isAny = false;
    for (const [uri, text] of this.waiting) {
      this.waiting.delete(uri);
      const document = TextDocument.create(uri, "", 0, text);
      const steps = this.options.analyseFile(document);
      const analysed =
        steps &&
        (await takeSteps(
          () => steps,
          () => false,
        ));
      if (this.judged.size >= MOST_JUDGED) this.judged.clear();
      this.judged.set(uri, { text, analysed });
      isAny ||= analysed !== undefined && this.options.service.membersIn(analysed).length > 0;
    }
    if (isAny) this.options.changed(this.options.open().map(({ uri }) => uri));
  }
}

/** A document as it was given, before it was judged in its deployment. */
function givenOf(analysed: LaunchDocument, last: LastDeployments | undefined): LaunchDocument {
  return [...(last?.judged ?? [])].find(([, judged]) => judged === analysed)?.[0] ?? analysed;
}

/** The deployments of the open documents of a server. */
export function openRelated({
  service,
  workspace,
  files,
  open,
  changed,
}: Pick<RelatedOptions, "service" | "open" | "changed"> & {
  readonly workspace: Workspace;
  readonly files: HostFiles | undefined;
}): RelatedDocuments {
  const mayHold = (path: string, text?: string) => {
    if (!service.mayHoldLaunches(path)) return false;
    if (text === undefined) return true;
    const notation = service.notationOf("", path, text);
    return notation !== undefined && notation.purpose !== "documentation" && ABOUT.test(path + text);
  };
  const reopen = () => changed(open().map(({ uri }) => uri));
  return new RelatedDocuments({
    service,
    files: files?.relatedFiles(
      { mayHold, configurationIn: (text, path) => service.configuration.read(text, path) },
      reopen,
    ),
    folderOf: (uri) => workspace.folderOf(uri),
    uriOf: (path) => files?.uriOf(path) ?? path,
    open,
    analyseFile(document) {
      const { uri } = document;
      const notation = service.notationOf("", uri, document.getText());
      const catalogue = service.shippedCatalogue();
      return (
        notation &&
        service.analyseInSteps(document, notation, workspace.settings(uri), catalogue, workspace.beside(uri))
      );
    },
    changed,
  });
}

/** Every text with a launch names the program, except a config, whose file does. */
const ABOUT = /lightllm/i;

/** What the deployments say about a document, for comparison. */
function saidAbout(uri: string, deployments: readonly Deployment[], isOpen: ReadonlySet<string>): string {
  const about = deployments.flatMap(({ findings }) =>
    findings
      .filter(({ member, others }) =>
        [member, ...others.map((other) => other.member)].some(
          ({ document }) => document.document.uri === uri,
        ),
      )
      .map(({ code, span, message, severity, member, others }) => {
        const places = others.map((other) => [other.member.document.document.uri, other.span]);
        return [code, span, message, severity, isOpen.has(member.document.document.uri), places];
      }),
  );
  const releases = deployments
    .flatMap(({ members }) => members)
    .filter(({ document }) => document.document.uri === uri)
    .map(({ launch }) => launch.release.name);
  return JSON.stringify([about, releases]);
}

function namedIn({ names }: RelatedTexts, uriOf: (path: string) => string): NamedDeployments {
  const named = new Map<string, string[]>();
  for (const [path, deployments] of names) {
    for (const name of deployments) named.set(name, [...(named.get(name) ?? []), uriOf(path)]);
  }
  return Object.fromEntries(named);
}

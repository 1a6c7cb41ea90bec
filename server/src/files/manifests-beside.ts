/** The manifests beside a file: those of its folder, read in the background, and those that are open or given. */
import type { FilesAround, PointedFile } from "../judgement/surroundings";
import type { FileSystem } from "./file-system";
import { type FileText, RelatedFiles } from "./related-files";

/** The files that an editor shows, or that a command is given. */
export interface GivenFiles {
  uriOf?(path: string): string;
  openAt?(path: string): { readonly uri: string; readonly text: string } | undefined;
  /** The files that are open or given; those of no use may be among them. */
  given?(): Iterable<PointedFile>;
}

/** Limit for a text, in characters; a person writes such a file by hand. */
const LONGEST = 100_000;

/** What can say something about another file's container: a Service, another pod, a kustomization. */
const SAYS = /^[ \t-]*["']?(?:kind["']?:[ \t]*["']?Service\b|containers["']?:|patches\w*:|replacements:)/m;
const SERVES = /\bService\b/;
const NAME = /\.ya?ml$/i;

/** Where a file is, and whether it may hold a Service. */
interface Place {
  readonly folder: string | undefined;
  readonly name: string;
  readonly serves: boolean;
}

export class ManifestsBeside {
  private readonly folders: RelatedFiles;
  private readonly known = new WeakMap<FileText, PointedFile>();
  /** Remembered, because every launch asks for all files. */
  private readonly places = new WeakMap<PointedFile, Place>();
  /** The last texts of open files, by path. */
  private readonly shown = new Map<string, PointedFile>();

  /** @param freshFor as that of `RelatedFiles`. @param changed called when the files of a folder have changed. */
  constructor(
    private readonly files: FileSystem,
    freshFor: number,
    changed: () => void,
  ) {
    const mayHold = (path: string, text?: string) =>
      NAME.test(path) && (text === undefined || mayCount({ path, text }));
    this.folders = new RelatedFiles(files, { mayHold, configurationIn: () => undefined }, freshFor, changed);
  }

  /** What is known around a file; looks again in the background if that is out of date. @param own its address. */
  around(folder: string, own: string, given: GivenFiles): FilesAround {
    const ownName = nameIn(own);
    const beside = new Map<string, PointedFile>();
    const elsewhere = new Map<string, PointedFile>();
    const add = (file: PointedFile) => {
      const place = this.placeOf(file);
      if (place.folder !== folder) elsewhere.set(file.path, file);
      else if (place.name !== ownName) beside.set(file.path, file);
    };
    const folders = new Set([folder]);
    const known = [...(given.given?.() ?? [])].filter(mayCount);
    for (const file of known) {
      const place = this.placeOf(file);
      if (place.serves && place.folder !== undefined) folders.add(place.folder);
    }
    for (const one of folders)
      for (const file of this.folders.around(one).texts) add(this.pointed(file, given));
    for (const file of known) add(this.stable(file));
    return { beside: [...beside.values()], elsewhere: [...elsewhere.values()] };
  }

  /** Looks again at the next request. */
  recheck(): void {
    this.folders.recheck();
  }

  get isReading(): boolean {
    return this.folders.isReading;
  }

  settled(): Promise<void> {
    return this.folders.settled();
  }

  private placeOf(file: PointedFile): Place {
    const known = this.places.get(file);
    if (known) return known;
    const { path, text } = file;
    const place = { folder: this.files.above(path), name: nameIn(path), serves: SERVES.test(text) };
    this.places.set(file, place);
    return place;
  }

  private pointed(file: FileText, { openAt, uriOf }: GivenFiles): PointedFile {
    const open = openAt?.(file.path);
    if (open) return this.stable({ path: file.path, ...open });
    const uri = uriOf?.(file.path);
    const found = this.known.get(file) ?? { ...file, ...(uri && { uri }) };
    this.known.set(file, found);
    return found;
  }

  private stable(file: PointedFile): PointedFile {
    const before = this.shown.get(file.path);
    if (before?.text === file.text && before.uri === file.uri) return before;
    if (this.shown.size >= MOST_SHOWN) this.shown.clear();
    this.shown.set(file.path, file);
    return file;
  }
}

const MOST_SHOWN = 500;

const counted = new WeakMap<FileText, boolean>();

/** Whether a file may say something about the container of another one. Cached, because it is asked for each launch. */
export function mayCount(file: FileText): boolean {
  const known = counted.get(file);
  if (known !== undefined) return known;
  const { path, text } = file;
  const counts = NAME.test(path) && text.length <= LONGEST && !/[\0\uFFFD]/.test(text) && SAYS.test(text);
  counted.set(file, counts);
  return counts;
}

function nameIn(address: string): string {
  const name = address.slice(Math.max(address.lastIndexOf("/"), address.lastIndexOf("\\")) + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

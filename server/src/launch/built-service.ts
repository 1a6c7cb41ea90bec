/** A container that is started from an image that the same file builds: the launch is in the image's own file. */
import type { Launch, Span } from "./launch";
import type { LaunchSite } from "./site";

/** A word or value of the text with its place; the text is undefined if it is not known. */
interface PlacedText {
  readonly text: string | undefined;
  readonly span: Span;
}

/** What an image is started with. */
export interface ImageStart {
  /** The stage of the build; the last one if absent. */
  readonly stage?: string;
  /** The names of the build's arguments, whose values are not read. */
  readonly buildArguments: readonly string[];
  /** The words that replace the image's command; absent if the image's own command is used. */
  readonly words?: readonly string[];
  readonly variables: readonly (PlacedText & { readonly name: string })[];
  readonly site: LaunchSite;
}

/** A service whose image is built. */
export interface BuiltService extends ImageStart {
  readonly name?: string;
  /** The place of its name. */
  readonly span: Span;
  /** The path of the file that builds the image, from the folder of this file. */
  readonly file: string;
  /** The place of `words`. */
  readonly wordsSpan?: Span;
}

/** The launch of an image; its places count from `from`, those of the words that replaced its command from `end`. */
export interface ImageLaunch {
  readonly launch: Launch;
  readonly text: string;
  readonly from: number;
  readonly end: number;
}

/** Builds a decoded text from pieces. */
import type { DecodedText } from "./decode";

/** Text during construction, with the place of each character. */
export class TextBuilder {
  private text = "";
  private readonly offsets: number[] = [];

  /** Appends text that has a single offset. */
  add(text: string, offset: number): void {
    for (let at = 0; at < text.length; at++) this.offsets.push(offset);
    this.text += text;
  }

  /** Appends literal text. */
  copy(source: string, start: number, end: number): void {
    for (let at = start; at < end; at++) this.offsets.push(at);
    this.text += source.slice(start, end);
  }

  /** The finished text; `end` is the offset after its last character. */
  done(end: number): DecodedText {
    return { text: this.text, offsets: [...this.offsets, end] };
  }
}

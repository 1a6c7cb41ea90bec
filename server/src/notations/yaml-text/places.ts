/** Collects a decoded text piece by piece. */
import type { DecodedText } from "./decode";

/** Text under construction; each character knows where it is written. */
export class Places {
  private text = "";
  private readonly offsets: number[] = [];

  /** Adds text that stands for what is written at one offset. */
  add(text: string, offset: number): void {
    for (let at = 0; at < text.length; at++) this.offsets.push(offset);
    this.text += text;
  }

  /** Adds text that is written as it reads. */
  copy(source: string, start: number, end: number): void {
    for (let at = start; at < end; at++) this.offsets.push(at);
    this.text += source.slice(start, end);
  }

  /** The collected text; `end` is the place behind its last character. */
  done(end: number): DecodedText {
    return { text: this.text, offsets: [...this.offsets, end] };
  }
}

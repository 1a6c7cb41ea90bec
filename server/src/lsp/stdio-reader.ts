/** Reads the messages of a client from a stream: a header, an empty line, and as many bytes of JSON as the header says. */
import { constants } from "node:buffer";
import { AbstractMessageReader, type DataCallback, type Disposable } from "vscode-languageserver/node";
import { say } from "../messages";
import { UnreadableMessage } from "./message-gate";

/** Maximum length of a header, in bytes. */
const LONGEST_HEADER = 8192;

/** The stream no longer shows where the next message begins. */
class LostPlace extends UnreadableMessage {
  constructor() {
    super(say("protocol.bad-header"));
  }
}

/**
 * Fires an `UnreadableMessage` for each message that is no JSON. After a wrong header it fires one too, and then closes,
 * because it cannot find the next message.
 */
export class StdioReader extends AbstractMessageReader {
  constructor(private readonly input: NodeJS.ReadableStream) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const frames = new Frames();
    const read = (chunk: Buffer) => {
      try {
        for (const frame of frames.add(chunk)) this.deliver(frame, callback);
      } catch (error) {
        this.input.off("data", read);
        this.fireError(error);
        this.fireClose();
      }
    };
    this.input.on("data", read);
    this.input.on("error", (error) => this.fireError(error));
    this.input.on("end", () => this.fireClose());
    this.input.on("close", () => this.fireClose());
    return { dispose: () => this.input.off("data", read) };
  }

  private deliver(frame: Frame, callback: DataCallback): void {
    try {
      callback(parse(frame));
    } catch (error) {
      this.fireError(error);
    }
  }
}

interface Frame {
  readonly header: string;
  readonly body: Buffer;
}

function parse({ header, body }: Frame) {
  const charset = /^content-type:.*charset *= *"?([\w-]+)/im.exec(header)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new UnreadableMessage(say("protocol.bad-charset", { charset }));
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw new UnreadableMessage(say("protocol.bad-json", { error: (error as Error).message }));
  }
}

/** Cuts a stream of bytes into messages. */
class Frames {
  private chunks: Buffer[] = [];
  private size = 0;
  private header: string | undefined;
  /** Number of bytes that the next step needs. */
  private needed = 1;

  /** The messages that are complete with these bytes. @throws LostPlace */
  *add(chunk: Buffer): Generator<Frame> {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= this.needed) {
      const bytes = Buffer.concat(this.chunks, this.size);
      const header = this.header;
      if (header === undefined) {
        const length = headerLength(bytes);
        this.header = length === undefined ? undefined : bytes.toString("latin1", 0, length);
        this.needed = this.header === undefined ? this.size + 1 : bodyLength(this.header);
        this.keep(bytes.subarray(length ?? 0));
      } else {
        const body = bytes.subarray(0, this.needed);
        this.keep(bytes.subarray(this.needed));
        this.header = undefined;
        this.needed = 1;
        yield { header, body };
      }
    }
  }

  private keep(bytes: Buffer): void {
    this.chunks = bytes.length > 0 ? [bytes] : [];
    this.size = bytes.length;
  }
}

const [TAB, LINE_FEED, RETURN, SPACE, TILDE] = [9, 10, 13, 32, 126];

/** The length of a header with its empty line; undefined while it is incomplete. @throws LostPlace */
function headerLength(bytes: Buffer): number | undefined {
  for (let at = 0; at < Math.min(bytes.length, LONGEST_HEADER); at++) {
    const byte = bytes[at] as number;
    if (byte === LINE_FEED && bytes[at - 1] === RETURN) {
      if (bytes[at - 2] === LINE_FEED && bytes[at - 3] === RETURN) return at + 1;
    } else if (byte !== TAB && byte !== RETURN && !(byte >= SPACE && byte <= TILDE)) throw new LostPlace();
  }
  if (bytes.length >= LONGEST_HEADER) throw new LostPlace();
  return undefined;
}

/** The length of the body that a header announces. @throws LostPlace */
function bodyLength(header: string): number {
  const length = Number(/^content-length:[ \t]*(\d+)[ \t]*\r$/im.exec(header)?.[1]);
  if (!(length <= constants.MAX_STRING_LENGTH)) throw new LostPlace();
  return length;
}

/** Values that several notations write in the same way: published ports, sizes, lists of GPUs, mounts. */
import { type Span, spanFrom, type Word } from "../launch/launch";
import { type Mount, type NamedPort, type OutsidePort, plainPath, type Stated } from "../launch/site";

/** A known text with the place of each part, and whether the place has exactly this text. */
export interface StatedText {
  readonly text: string;
  spanOf(start: number, end: number): Span;
  isLiteral(start: number, end: number): boolean;
}

/** The text of a word; undefined if it is not known. */
export function statedWord({ text, source, span, origins, spanInLaunch }: Word): StatedText | undefined {
  if (text === undefined) return undefined;
  const at = origins || spanInLaunch ? -1 : source.indexOf(text);
  const isIn = at >= 0 && span.end - span.start === source.length;
  return {
    text,
    spanOf: (start, end) => (isIn ? spanFrom(span.start + at + start, span.start + at + end) : span),
    isLiteral: () => isIn,
  };
}

/** A number that fills a part of a text. */
function numberAt(stated: StatedText, start: number, digits: string): Stated<number> {
  const end = start + digits.length;
  return {
    value: Number(digits),
    span: stated.spanOf(start, end),
    isLiteral: stated.isLiteral(start, end),
  };
}

/** The whole text as a number; undefined if it is not one. */
export function wholeNumber(stated: StatedText | undefined): Stated<number> | undefined {
  return stated && /^\d{1,9}$/.test(stated.text) ? numberAt(stated, 0, stated.text) : undefined;
}

/** The ports of the container in `[[address:]host:]container[-last][/protocol]`. */
export type PortInContainer = Pick<NamedPort, "from" | "to" | "span" | "isLiteral" | "outside">;

/**
 * Reads a published or exposed port; undefined for another protocol than TCP. A text that is no port number is an
 * unknown port.
 */
export function portIn(stated: StatedText): PortInContainer | undefined {
  const { text } = stated;
  const [, protocol] = /\/([A-Za-z]+)$/.exec(text) ?? [];
  if (protocol !== undefined && protocol.toLowerCase() !== "tcp") return undefined;
  const ports = protocol === undefined ? text : text.slice(0, -protocol.length - 1);
  const start = ports.lastIndexOf(":") + 1;
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports.slice(start)) ?? [];
  if (first === undefined) return { span: stated.spanOf(0, text.length), isLiteral: false };
  const outside = outsideIn(stated, ports.slice(0, Math.max(0, start - 1)));
  if (last === undefined) {
    const { value, span, isLiteral } = numberAt(stated, start, first);
    return { from: value, to: value, span, isLiteral, ...outside };
  }
  return {
    from: Number(first),
    to: Number(last),
    span: stated.spanOf(start, ports.length),
    isLiteral: false,
    ...outside,
  };
}

/** The port of the machine in `[address:]host`, the text before the port of the container. */
function outsideIn(stated: StatedText, text: string): { readonly outside?: OutsidePort } {
  const [, address, first, last] = /^(?:(.*):)?(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (first === undefined) return {};
  const start = address === undefined ? 0 : address.length + 1;
  return {
    outside: {
      ...(address !== undefined && !/^(?:0\.0\.0\.0|\[?::\]?|)$/.test(address) && { address }),
      from: Number(first),
      to: Number(last ?? first),
      span: stated.spanOf(start, text.length),
      isLiteral: last === undefined && stated.isLiteral(start, text.length),
    },
  };
}

const UNITS: Readonly<Record<string, number>> = { "": 0, b: 0, k: 1, m: 2, g: 3, t: 4 };

/** A size as Docker writes it, in bytes: `16g`, `16gb`, `512M`; every unit is a power of 1024. */
export function dockerSize(stated: StatedText | undefined): Stated<number> | undefined {
  if (!stated) return undefined;
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(?:i?b)?$/i.exec(stated.text) ?? [];
  const power = UNITS[unit.toLowerCase()];
  if (number === undefined || power === undefined) return undefined;
  const { length } = stated.text;
  return {
    value: Math.floor(Number(number) * 1024 ** power),
    span: stated.spanOf(0, length),
    isLiteral: stated.isLiteral(0, length),
  };
}

const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A quantity of Kubernetes: `16Gi`, `2000M`, `1e9`. */
export function quantity(stated: StatedText | undefined): Stated<number> | undefined {
  if (!stated) return undefined;
  const [, number, suffix = ""] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)(k|[MGT]|[KMGT]i)?$/.exec(stated.text) ?? [];
  const factor = SUFFIXES[suffix];
  if (number === undefined || factor === undefined) return undefined;
  const { length } = stated.text;
  return {
    value: Math.floor(Number(number) * factor),
    span: stated.spanOf(0, length),
    isLiteral: stated.isLiteral(0, length),
  };
}

/** The GPUs that Docker gives for a number of them: always the first ones of the machine (its function countToDevices). */
export function firstGpus(count: number): string[] {
  return Array.from({ length: Math.min(count, MOST_GPUS) }, (_, at) => String(at));
}

/** Limit for the GPUs of a machine. */
const MOST_GPUS = 1024;

/** A mount as Docker writes it: `[source:]target[:options]`; undefined if it has another form. */
export function shortMount(stated: StatedText): Mount | undefined {
  const { text } = stated;
  const span = stated.spanOf(0, text.length);
  const [first = "", second, ...others] = text.split(":");
  if (others.length > 1 || /^[A-Za-z]$/.test(first)) return undefined;
  if (second === undefined || !second.startsWith("/"))
    return second === undefined && first.startsWith("/") ? { target: plainPath(first), span } : undefined;
  return { target: plainPath(second), ...hostPath(first), span };
}

/** The end of a mount whose source is not known: `:/models:ro`. */
export const END_OF_MOUNT = /:\/[^:$]*(?::[A-Za-z,]+)?$/;

/** A mount of which only the end is known. */
export function mountTo(stated: StatedText): Mount | undefined {
  const target = END_OF_MOUNT.exec(stated.text)?.[0].split(":")[1];
  return target === undefined
    ? undefined
    : { target: plainPath(target), span: stated.spanOf(0, stated.text.length) };
}

/** The source of a bind mount; a name is a volume, and a relative path is not known. */
export function hostPath(path: string | undefined): Pick<Mount, "source"> {
  return path?.startsWith("/") ? { source: plainPath(path) } : {};
}

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{1,5})(?!\d)/g;

/** The ports of this container that a command asks: `curl -f http://localhost:8000/health`. */
export function askedPorts(stated: StatedText): PortInContainer[] {
  return [...stated.text.matchAll(ADDRESS)].map((match) => {
    const [whole, digits = ""] = match;
    const { value, span, isLiteral } = numberAt(stated, match.index + whole.length - digits.length, digits);
    return { from: value, to: value, span, isLiteral };
  });
}

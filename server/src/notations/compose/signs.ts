/** The signs of a shell at which Compose stops reading a text. */
const SIGN = /(?:\d*>>?(?:&\d)?|&&|\|\||[;&|<])/y;

/** The sign at an offset. */
export function signAt(text: string, at: number): string | undefined {
  SIGN.lastIndex = at;
  return SIGN.exec(text)?.[0];
}

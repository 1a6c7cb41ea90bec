/** Text in XML. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Characters that XML 1.0 has no way to write, and other control characters. */
const NONE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** A text for content and attributes; what XML cannot hold becomes the replacement character. */
export function xmlText(text: string): string {
  return text.replace(NONE, "\ufffd").replace(/[&<>"'\n\r\t]/g, (one) => ENTITIES[one] ?? one);
}

/** Attributes in the order of their names in the object. */
export function xmlAttributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join("");
}

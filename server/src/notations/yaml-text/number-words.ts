/** Numbers as PyYAML constructs them, written as Python's `str()` does. */

/** An integer; `undefined` if PyYAML cannot construct one. */
export function integerWord(source: string): string | undefined {
  const text = source.replaceAll("_", "").trim();
  const negative = text.startsWith("-");
  const value = magnitude(text.replace(/^[-+]/, ""));
  return value === undefined ? undefined : String(negative ? -value : value);
}

function magnitude(digits: string): bigint | undefined {
  if (/^0b[01]+$/.test(digits) || /^0x[0-9a-f]+$/i.test(digits)) return BigInt(digits);
  if (/^0(?:o?[0-7]+)$/i.test(digits)) return BigInt(`0o${digits.replace(/^0o?/i, "")}`);
  if (/^(?:0|[1-9]\d*)$/.test(digits)) return BigInt(digits);
  return /^[1-9]\d*(?::\d+)+$/.test(digits) ? sexagesimal(digits) : undefined;
}

function sexagesimal(digits: string): bigint {
  return digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/;

/** A float; `undefined` if PyYAML cannot construct one. */
export function floatWord(source: string): string | undefined {
  const text = source.replaceAll("_", "").trim().toLowerCase();
  const negative = text.startsWith("-");
  const digits = text.replace(/^[-+]/, "");
  if (/^(?:\.inf|inf|infinity)$/.test(digits)) return negative ? "-inf" : "inf";
  if (/^\.?nan$/.test(digits)) return "nan";
  const parts = digits.split(":");
  if (!parts.every((part) => DECIMAL.test(part))) return undefined;
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return pythonFloat(negative ? -value : value);
}

/** Python's `repr` of a float: shortest digits, `.0` for a whole number, exponent from 1e16 and below 1e-4. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

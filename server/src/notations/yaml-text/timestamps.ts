/** Dates and times as PyYAML constructs them, written as Python's `str()` does. */

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** Python's `str` of a date, or of a date with a time; `undefined` if there is no such day or time. */
export function timestampWord(source: string): string | undefined {
  const [match, year = "", month = "", day = "", hour, ...rest] = TIMESTAMP.exec(source) ?? [];
  if (match === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
  const date = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  if (hour === undefined) return date;
  const [minute = "", second = "", fraction = "", zone, sign = "+", hours = "0", minutes = "00"] = rest;
  const ahead = Number(hours) * 60 + Number(minutes);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || ahead >= 24 * 60) return undefined;
  const micro = fraction.slice(0, 6).padEnd(6, "0");
  const time = `${twoDigits(hour)}:${minute}:${second}${micro === "000000" ? "" : `.${micro}`}`;
  const side = ahead === 0 ? "+" : sign;
  const offset = `${side}${twoDigits(String(Math.floor(ahead / 60)))}:${twoDigits(String(ahead % 60))}`;
  return `${date} ${time}${zone === undefined ? "" : offset}`;
}

function twoDigits(digits: string): string {
  return digits.padStart(2, "0");
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  // The calendar repeats after 400 years.
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

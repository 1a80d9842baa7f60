/** Dates and numbers as this reader's browser writes them. */

const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const megabytes = new Intl.NumberFormat(undefined, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
const number = new Intl.NumberFormat();
const kilobytes = new Intl.NumberFormat(undefined, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
const languages = new Intl.DisplayNames(undefined, { type: "language" });
const DAY_MS = 86_400_000;

export const formatTime = (iso: string): string => time.format(new Date(iso));
export const formatFull = (iso: string): string => full.format(new Date(iso));
/** To the second, for steps that follow each other quickly. */
export const formatExact = (iso: string): string => exact.format(new Date(iso));
export const formatNumber = (value: number): string => number.format(value);
export const formatDate = (iso: string): string => dayAndYear.format(new Date(iso));
export const formatBytes = (bytes: number): string =>
  bytes < 1_000_000 ? kilobytes.format(Math.max(1, bytes / 1000)) : megabytes.format(bytes / 1_000_000);
/** `pt_BR` as people say it; a code that no browser knows as it is. */
export function languageName(code: string): string {
  try {
    return languages.of(code.replaceAll("_", "-")) ?? code;
  } catch {
    return code;
  }
}
export const dayKey = (iso: string): string => new Date(iso).toDateString();

function daysAgo(iso: string, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(iso))) / DAY_MS);
}

/** Today, yesterday, the weekday, then the date: the divider between two days of a thread. */
export function formatDay(iso: string, now = new Date()): string {
  const ago = daysAgo(iso, now);
  if (ago === 0 || ago === 1) return capital(relative.format(-ago, "day"));
  return ago > 1 && ago < 300 ? day.format(new Date(iso)) : dayAndYear.format(new Date(iso));
}

/** The time, with its weekday unless that is today: for what happens within days. */
export function formatSoon(iso: string, now = new Date()): string {
  const clock = formatTime(iso);
  return daysAgo(iso, now) === 0 ? clock : `${weekday.format(new Date(iso))} ${clock}`;
}

/** The time today, the weekday this week, the date before: the corner of a row. */
export function formatRowTime(iso: string, now = new Date()): string {
  const ago = daysAgo(iso, now);
  if (ago <= 0) return formatTime(iso);
  return ago < 7 ? weekday.format(new Date(iso)) : shortDay.format(new Date(iso));
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

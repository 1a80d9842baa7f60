/** The business hours of a week as the form edits them, and what is wrong with them; pure. */
import type { Tenant } from "@/lib/api/types";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

export interface Span {
  opens: string;
  closes: string;
}
/** A day without spans is closed. */
export type Week = Record<Day, Span[]>;
export type HourFault = "incomplete" | "same" | "overlap";

const FIRST: Span = { opens: "09:00", closes: "18:00" };
const DAY_MINUTES = 1440;

/** The server's `{}` means always open: an empty week here. */
export function weekOf(hours: Tenant["business_hours"]): Week {
  const spans = (day: Day): Span[] =>
    (hours[day] ?? []).map(([opens = "", closes = ""]) => ({ opens, closes: closes === "24:00" ? "00:00" : closes }));
  return Object.fromEntries(DAYS.map((day) => [day, spans(day)])) as Week;
}

export function hoursOf(week: Week): Tenant["business_hours"] {
  return Object.fromEntries(DAYS.flatMap((day) => (week[day].length ? [[day, week[day].map((span) => [span.opens, span.closes])]] : [])));
}

export const alwaysOpen = (week: Week): boolean => DAYS.every((day) => week[day].length === 0);

/** Monday to Friday, the usual hours: where editing begins when there were none. */
export function usualWeek(): Week {
  const spans = (day: Day): Span[] => (day === "sat" || day === "sun" ? [] : [FIRST]);
  return Object.fromEntries(DAYS.map((day) => [day, spans(day)])) as Week;
}

/** A span after the last one of the day: an hour later, three hours long, never past midnight. */
export function nextSpan(spans: Span[]): Span {
  const last = spans.at(-1);
  if (!last) return FIRST;
  const opens = Math.min(minutes(last.closes) + 60, DAY_MINUTES - 120);
  return { opens: clock(opens), closes: clock(Math.min(opens + 180, DAY_MINUTES - 1)) };
}

/** A span may close after midnight: then it closes earlier on the clock than it opened. */
export function faultOf(spans: Span[]): HourFault | null {
  if (spans.some((span) => !span.opens || !span.closes)) return "incomplete";
  if (spans.some((span) => span.opens === span.closes)) return "same";
  const sorted = spans.map(length).sort((a, b) => a.start - b.start);
  return sorted.some((span, at) => at > 0 && span.start < (sorted[at - 1]?.end ?? 0)) ? "overlap" : null;
}

function length(span: Span): { start: number; end: number } {
  const [start, end] = [minutes(span.opens), minutes(span.closes)];
  return { start, end: end > start ? end : end + DAY_MINUTES };
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

const clock = (total: number): string =>
  `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;

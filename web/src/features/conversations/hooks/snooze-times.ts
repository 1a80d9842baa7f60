/** The times a conversation is usually put off until, on this reader's clock. Pure. */
export interface SnoozeTime {
  id: "hour" | "evening" | "tomorrow" | "week";
  at: Date;
}

const MORNING = 9;
const EVENING = 18;

function atHour(day: Date, days: number, hour: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour);
}

/** Only what is still to come: no "this evening" at night. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const all: SnoozeTime[] = [
    { id: "hour", at: new Date(now.getTime() + 3_600_000) },
    { id: "evening", at: atHour(now, 0, EVENING) },
    { id: "tomorrow", at: atHour(now, 1, MORNING) },
    { id: "week", at: atHour(now, toMonday, MORNING) },
  ];
  return all.filter(({ id, at }) => id !== "evening" || at.getTime() > now.getTime() + 3_600_000);
}

import { describe, expect, it } from "vitest";
import { alwaysOpen, faultOf, hoursOf, nextSpan, usualWeek, weekOf } from "./hours";

const span = (opens: string, closes: string) => ({ opens, closes });

describe("business hours", () => {
  it("go to the server and back unchanged, midnight by its other name", () => {
    const hours = { mon: [["09:00", "13:00"], ["14:00", "18:00"]], fri: [["18:00", "02:00"]] };
    expect(hoursOf(weekOf(hours))).toEqual(hours);
    expect(hoursOf(weekOf({ sun: [["10:00", "24:00"]] }))).toEqual({ sun: [["10:00", "00:00"]] });
    expect(alwaysOpen(weekOf({}))).toBe(true);
    expect(alwaysOpen(usualWeek())).toBe(false);
  });

  it("name what is wrong with a day", () => {
    expect(faultOf([span("09:00", "13:00"), span("13:00", "18:00")])).toBeNull();
    expect(faultOf([span("14:00", "18:00"), span("09:00", "14:30")])).toBe("overlap");
    expect(faultOf([span("20:00", "02:00"), span("21:00", "22:00")])).toBe("overlap");
    expect(faultOf([span("09:00", "09:00")])).toBe("same");
    expect(faultOf([span("09:00", "")])).toBe("incomplete");
  });

  it("add a span that fits behind the others", () => {
    expect(nextSpan([])).toEqual(span("09:00", "18:00"));
    expect(nextSpan([span("09:00", "13:00")])).toEqual(span("14:00", "17:00"));
    expect(faultOf([span("09:00", "21:00"), nextSpan([span("09:00", "21:00")])])).toBeNull();
  });
});

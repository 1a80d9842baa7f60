import { describe, expect, it } from "vitest";
import { toInstant } from "./span";

describe("a time of a filter", () => {
  it("is that moment in this reader's zone", () => {
    expect(toInstant("2026-11-27T10:00")).toBe(new Date(2026, 10, 27, 10).toISOString());
  });
  it("is left out where it is none", () => {
    expect(toInstant(undefined)).toBeUndefined();
    expect(toInstant("yesterday")).toBeUndefined();
  });
});

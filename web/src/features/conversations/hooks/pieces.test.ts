import { describe, expect, it } from "vitest";
import { pieces } from "./pieces";

describe("a long text as several messages", () => {
  it("is cut after sentences, in order, and nothing of it is lost", () => {
    const text = "We come at six. Bring two jars!\n\nThe cow is well. Shall we go on? ".repeat(90);
    const found = pieces(text, 1600);
    expect(found.length).toBe(4);
    expect(found.every((piece) => piece.length <= 1600 && /[.!?]$/.test(piece))).toBe(true);
    expect(found.join(" ").replaceAll(/\s+/g, " ")).toBe(text.trim().replaceAll(/\s+/g, " "));
    expect(pieces("x".repeat(4096), 4096)).toEqual(["x".repeat(4096)]);
  });

  it("is cut after words where a sentence is too long, and never within a sign", () => {
    expect(pieces("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(pieces("👩‍👩‍👧‍👦".repeat(3), 14)).toEqual(["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
    expect(pieces("नमस्ते".repeat(4), 12).every((piece) => [...piece].length <= 12)).toBe(true);
    expect(pieces("5000 ".repeat(1000), 4096).every((piece) => piece.length <= 4096)).toBe(true);
  });

  it("is nothing where there is nothing", () => {
    expect([pieces(" \n ", 10), pieces("Yes.", 10)]).toEqual([[], ["Yes."]]);
  });
});

import { describe, expect, it } from "vitest";
import { atSign, colleaguesLike, mentionParts, stillMentioned } from "./mentions";

const ravi = { id: "r", name: "Ravi Kulkarni" };
const ra = { id: "a", name: "Ravi" };

describe("mentions", () => {
  it("begin with @ at the beginning of a word", () => {
    expect(atSign("@", 1)).toEqual({ from: 0, typed: "" });
    expect(atSign("look @ra", 8)).toEqual({ from: 5, typed: "ra" });
    expect(atSign("@Ravi Kul", 9)).toEqual({ from: 0, typed: "Ravi Kul" });
    for (const [text, caret] of [["mail a@b", 8], ["@ ", 2], ["@a\nb", 4], ["@a b c", 6], ["none", 4], ["@x", 0]] as const) {
      expect(atSign(text, caret)).toBeNull();
    }
  });

  it("find people by the beginning of any of their names", () => {
    expect(colleaguesLike([ravi, ra], "kul")).toEqual([ravi]);
    expect(colleaguesLike([ravi, ra], "rav")).toEqual([ravi, ra]);
    expect(colleaguesLike([ravi], "avi")).toEqual([]);
  });

  it("count while their name stands there, and are cut out by it", () => {
    expect(stillMentioned("ask @Ravi Kulkarni", [ravi, { id: "k", name: "Kavita" }])).toEqual([ravi]);
    expect(mentionParts("ask @Ravi Kulkarni, @Ravi.", [ra, ravi])).toEqual([
      { text: "ask ", mention: false },
      { text: "@Ravi Kulkarni", mention: true },
      { text: ", ", mention: false },
      { text: "@Ravi", mention: true },
      { text: ".", mention: false },
    ]);
    expect(mentionParts("nobody", [])).toEqual([{ text: "nobody", mention: false }]);
  });
});

import { describe, expect, it } from "vitest";
import type { Rule } from "@/lib/api/types";
import { conflictsOf } from "./conflicts";

const rule = (name: string, phrases: string[], more: Partial<Rule> = {}): Rule => ({
  id: name, name, match: "phrase", phrases, action: "reply", text: "", texts: {}, topic: null, order: 1, enabled: true, builtin: null, ...more,
});
const found = (phrases: string[], ...earlier: Rule[]) => conflictsOf(rule("mine", phrases), earlier).map((one) => one.phrase);

describe("a phrase is taken by an earlier rule", () => {
  it("that has the same words, or fewer of them anywhere", () => {
    expect(found(["Opening hours?", "open"], rule("hours", ["opening hours", "=OPEN"]))).toEqual(["Opening hours?", "open"]);
    expect(found(["price list please"], rule("prices", ["price list"]))).toEqual(["price list please"]);
    expect(found(["आज खुला है"], rule("hindi", ["आज खुला"]))).toEqual(["आज खुला है"]);
  });

  it("but not by one that counts only alone, is off, or is an expression", () => {
    expect(found(["price list please"], rule("word", ["price"]), rule("alone", ["=price list"]))).toEqual([]);
    expect(found(["price list"], rule("off", ["price list"], { enabled: false }))).toEqual([]);
    expect(found(["price list"], rule("regex", ["price"], { match: "regex" }))).toEqual([]);
  });
});

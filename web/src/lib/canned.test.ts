import { describe, expect, it } from "vitest";
import { fill, firstName, matching, slashAt, type Values } from "./canned";

const VALUES: Values = { "contact.name": "Asha Verma", "contact.first_name": "Asha", "agent.name": "Kavita Rao", "business.name": "Gokul Dairy" };
const NOBODY: Values = { "contact.name": "", "contact.first_name": "", "agent.name": "", "business.name": "" };

describe("a canned reply", () => {
  it("says who is meant and who writes", () => {
    const text = "Dear {{contact.name}} ({{ contact.first_name | you }}),\n{{agent.name|Us}}, {{business.name}}";
    expect(fill(text, VALUES)).toBe("Dear Asha Verma (Asha),\nKavita Rao, Gokul Dairy");
  });

  it("says the fallback where a value is missing, or nothing, without a gap", () => {
    expect(fill("Hello {{contact.first_name|there}}, {{agent.name | your team}}.", NOBODY)).toBe("Hello there, your team.");
    expect(fill("Hello {{contact.name}}, it is {{business.name}}!", NOBODY)).toBe("Hello, it is!");
    expect(fill("{{contact.name}}", NOBODY)).toBe("");
  });

  it("takes values as they are, and leaves other braces alone", () => {
    expect(fill("{{contact.name}}", { ...VALUES, "contact.name": "$& {{agent.name}}" })).toBe("$& {{agent.name}}");
    expect(fill("{a} {{other}} {{", VALUES)).toBe("{a} {{other}} {{");
  });

  it("greets by the first name, if it is one", () => {
    expect(["Asha Verma", " आशा वर्मा", "+91 98", "", "3 Idiots"].map(firstName)).toEqual(["Asha", "आशा", "", "", ""]);
  });
});

describe("what is typed after /", () => {
  it("counts in a line of its own, up to the caret", () => {
    expect(slashAt("/", 1)).toEqual({ from: 0, typed: "" });
    expect(slashAt("Hello\n/ho\nBye", 9)).toEqual({ from: 6, typed: "ho" });
    for (const [text, caret] of [["", 0], ["a /ho", 5], ["/ho", 2], ["/ho x", 3], ["/ho x", 5], ["/", 0], ["1/2", 3]] as const) {
      expect(slashAt(text, caret)).toBeNull();
    }
  });

  it("finds by the beginning of the shortcut first, then by its words, in the settings by those of the text too", () => {
    const reply = (shortcut: string, name: string, text = "x") => ({ id: shortcut, shortcut, name, text });
    const all = [reply("bye", "Thanks and bye"), reply("hours", "Opening"), reply("Thanks", "Thank you"), reply("visit", "Visit", "Opening at six")];
    const found = (typed: string) => matching(all, typed).map(({ shortcut }) => shortcut);
    expect(found("")).toEqual(["bye", "hours", "Thanks", "visit"]);
    expect(found("tha")).toEqual(["Thanks", "bye"]);
    expect(found("/opening")).toEqual(["hours"]);
    expect(matching(all, "opening", { inTexts: true })).toEqual([all[1], all[3]]);
    expect(found("nothing")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { filled, languageOf, tagOf, wordsOf } from "./words";

const ALL = ["en", "es", "pt", "fr", "hi", "hinglish", "id", "ar"];

describe("the widget's words", () => {
  it("are there in each language, none left in English by mistake", () => {
    for (const language of ALL.slice(1)) {
      const same = Object.entries(wordsOf(language)).filter(([key, words]) => words === wordsOf("en")[key as "chat"]);
      expect(same.length, language).toBeLessThan(5);
      expect(wordsOf(language).chatWith).toContain("{title}");
      expect(wordsOf(language).person).toContain("{at}");
    }
  });
  it("are the site's choice, then the business's, else English", () => {
    expect(languageOf("pt-BR", "hi")).toBe("pt");
    expect(languageOf(undefined, "hinglish")).toBe("hinglish");
    expect(languageOf("xx", null)).toBe("en");
    expect(languageOf("toString")).toBe("en");
    expect(tagOf("hinglish")).toBe("hi-Latn");
  });
  it("take a name as it is", () => expect(filled("{title}!", "title", "$& Co")).toBe("$& Co!"));
});

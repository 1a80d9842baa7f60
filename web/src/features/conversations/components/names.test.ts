import { describe, expect, it } from "vitest";
import { aConversation, aMessage } from "@/testing/factories";
import { gist, lineText, saysMoreThanWanted } from "./names";

function line(content: Record<string, unknown>, name: string | null = null): string {
  const member = name ? { id: "m", name } : null;
  return lineText(aMessage({ author: "system", kind: "system", text: "", content: { event: "mode", ...content }, member }));
}

describe("lines of the timeline", () => {
  it("say who took over and who gave back", () => {
    expect(line({ mode: "human", by: "member:1", reason: "toggled" }, "Asha")).toBe("Asha took over");
    expect(line({ mode: "ai", by: "member:1", reason: "toggled" }, "Asha")).toBe("Asha gave it back to the assistant");
    expect(line({ mode: "human", by: "business_phone", reason: "business_phone" })).toBe("Answered from the business's phone");
  });

  it("say why the assistant handed over", () => {
    expect(line({ mode: "human", by: "assistant", reason: "no_answer" })).toBe("Handed to a person: The assistant knows no sure answer");
    expect(line({ mode: "human", by: "assistant", reason: "rule:human" })).toBe("Handed to a person: The rule “human” calls a person");
  });

  it("say something of words that this version does not know", () => {
    expect(line({ mode: "human", by: "api_key:1", reason: "x" })).toBe("A person took over");
    expect(line({ mode: "ai", by: "later", reason: "x" })).toBe("Given back to the assistant");
    expect(lineText(aMessage({ author: "system", text: "", content: null }))).not.toBe("");
  });
});

it("never shows the words of what was deleted", () => {
  expect(gist({ text: "my address", kind: "text", content: { revoked: true } })).toBe("Deleted by the customer");
  expect(gist({ text: "my address", kind: "text", content: { edited: true } })).toBe("my address");
});

describe("a row that calls a person", () => {
  const said = (text: string, author = "customer") =>
    saysMoreThanWanted(
      aConversation({
        needs_person: true,
        needs_person_summary: { wants: "Can I pay  monthly…", known: "unsure", values: {} },
        preview: { text, author, kind: "text" } as never,
      }),
    );

  it("shows what is wanted once, while that is the newest message", () => {
    expect(said("can I pay monthly, or by week?")).toBeNull();
    expect(saysMoreThanWanted(aConversation({ needs_person: true }))).toBeNull();
  });

  it("shows both when something newer was said", () => {
    expect(said("Are you there?")).toBe("Can I pay  monthly…");
    expect(said("Can I pay monthly?", "assistant")).toBe("Can I pay  monthly…");
  });
});

import { describe, expect, it } from "vitest";
import { aMessage } from "@/testing/factories";
import { answersOf, cardsOf, choicesOf, factOf, frameOf, linkOf } from "./message-facts";

describe("facts of a message", () => {
  it("are what the customer can press", () => {
    const buttons = { body: "?", buttons: [{ id: "a", title: "Yes" }, { id: "b" }] };
    expect(choicesOf(aMessage({ kind: "buttons", content: buttons }))).toEqual({ opener: null, titles: ["Yes"] });
    const sections = [{ rows: [{ id: "r", title: "Milk" }] }, { rows: [{ id: "s", title: "Curd" }] }];
    const list = aMessage({ kind: "list", content: { button: "Choose", sections } });
    expect(choicesOf(list)).toEqual({ opener: "Choose", titles: ["Milk", "Curd"] });
    expect(choicesOf(aMessage())).toBeNull();
  });

  it("are addresses of the web, of ours alone", () => {
    const content = { display_text: "Prices", url: "https://x.example/a" };
    expect(linkOf(aMessage({ kind: "cta_url", content }))).toEqual({ text: "Prices", url: "https://x.example/a" });
    expect(linkOf(aMessage({ kind: "image", content: { link: "https://x.example/cow.jpg" } }))?.text).toBe("x.example");
    expect(linkOf(aMessage({ content: { url: "javascript:alert(1)" } }))).toBeNull();
    expect(linkOf(aMessage({ direction: "in", kind: "location", content }))).toBeNull();
  });

  it("are names, numbers, places, frames", () => {
    expect(factOf(aMessage({ content: { filename: "prices.pdf" } }))).toBe("prices.pdf");
    expect(factOf(aMessage({ content: { latitude: 1, longitude: 2 } }))).toBe("1, 2");
    expect(frameOf(aMessage({ content: { header: "Milk", footer: 5 } }))).toEqual({ header: "Milk", footer: null });
    expect(cardsOf(aMessage({ kind: "contacts", content: { contacts: [{ phones: [{ phone: "+1" }] }, {}] } }))).toEqual(["+1"]);
  });

  it("are a template with its values", () => {
    const layout = { header: { format: "text", text: "Order {{1}}" }, body: "Dear {{1}}", buttons: [{ act: "quick_reply", text: "Yes" }] };
    const sent = aMessage({ kind: "template", content: { name: "order", layout, values: { "header.1": "42", "body.1": "Asha" } } });
    expect(factOf(sent)).toBe("order");
    expect(frameOf(sent)).toEqual({ header: "Order 42", footer: null });
    expect(choicesOf(sent)).toEqual({ opener: null, titles: ["Yes"] });
    expect(choicesOf(aMessage({ kind: "template", content: { layout: 1 } }))).toBeNull();
  });

  it("are what was filled into a form", () => {
    const filled = (response: unknown) => answersOf(aMessage({ direction: "in", kind: "form_reply", content: { response } }));
    expect(filled({ flow_token: "t", litres: 2, days: ["mon"] })).toEqual([
      { field: "litres", value: "2" },
      { field: "days", value: '["mon"]' },
    ]);
    expect(filled("yes")).toEqual([{ field: null, value: "yes" }]);
    expect([filled(null), answersOf(aMessage({ content: { response: "x" } }))]).toEqual([[], []]);
    expect(choicesOf(aMessage({ kind: "flow", content: { cta: "Order" } }))).toEqual({ opener: null, titles: ["Order"] });
  });

  it("may be anything at all", () => {
    for (const content of [null, { buttons: 1, sections: "x", contacts: {}, url: [] }]) {
      for (const kind of ["buttons", "list"]) expect(choicesOf(aMessage({ kind, content }))?.titles).toEqual([]);
      expect(linkOf(aMessage({ content }))).toBeNull();
      expect(cardsOf(aMessage({ kind: "contacts", content }))).toEqual([]);
    }
  });
});

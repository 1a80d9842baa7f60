import { describe, expect, it } from "vitest";
import { asksForPlace, buttonsOf, cardsOf, frameOf, linkOf, menuOf, remoteOf } from "./phone-content";

describe("what the business sent", () => {
  it("has buttons", () => {
    const content = { action: { buttons: [{ reply: { id: "a", title: "A" } }, { odd: true }] } };
    expect(buttonsOf(content)).toEqual([{ id: "a", title: "A", description: null, kind: "button_reply" }]);
  });

  it("has a list under the word that opens it", () => {
    const rows = [{ id: "r", title: "R", description: "60 rupees" }, {}];
    const menu = menuOf({ action: { button: "Choose", sections: [{ title: "Milk", rows }, null] } });
    expect(menu?.button).toBe("Choose");
    expect(menu?.sections[0]).toMatchObject({ title: "Milk", rows: [{ kind: "list_reply", description: "60 rupees" }] });
    expect(menuOf({ action: { button: "Choose", sections: [] } })).toBeNull();
  });

  it("opens addresses of the web and nothing else", () => {
    const link = (url: unknown) => linkOf({ action: { parameters: { display_text: "Prices", url } } });
    expect(link("https://x.example/a")?.url).toBe("https://x.example/a");
    expect([link("javascript:alert(1)"), link("https://"), link(1)]).toEqual([null, null, null]);
  });

  it("names files by their address, people by their cards", () => {
    expect(remoteOf({ link: "https://x.example/a/cow.jpg?b" })?.name).toBe("cow.jpg");
    expect(remoteOf({ link: "https://x.example/a/cow.jpg", filename: "Our cow" })?.name).toBe("Our cow");
    expect(remoteOf({ link: "https://x.example/" })?.name).toBe("x.example");
    const contacts = [{ name: { formatted_name: "Ravi" }, phones: [{ phone: "+1" }] }, { name: { formatted_name: "Mina" } }, 1];
    expect(cardsOf({ contacts })).toEqual([{ name: "Ravi", phone: "+1" }, { name: "Mina", phone: null }]);
  });

  it("asks for a place, stands in a frame", () => {
    expect(asksForPlace({ type: "location_request_message" })).toBe(true);
    expect(frameOf({ header: { type: "text", text: "Milk" }, footer: { text: " " } })).toEqual({ header: "Milk", footer: null });
  });

  it("may be anything at all", () => {
    for (const content of [{}, { action: "?" }, { action: { buttons: 1, sections: "x" } }, { contacts: {} }, { link: 5 }]) {
      expect(buttonsOf(content)).toEqual([]);
      expect([menuOf(content), linkOf(content), remoteOf(content)]).toEqual([null, null, null]);
      expect(cardsOf(content)).toEqual([]);
    }
  });
});

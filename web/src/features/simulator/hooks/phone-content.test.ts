import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../api/phone-shapes";
import { asChanged, asksForPlace, buttonsOf, cardsOf, formOf, frameOf, linksOf, menuOf, otherButtonsOf, remoteOf } from "./phone-content";

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
    const link = (url: unknown) => linksOf({ action: { parameters: { display_text: "Prices", url } } })[0];
    expect(link("https://x.example/a")?.url).toBe("https://x.example/a");
    expect([link("javascript:alert(1)"), link("https://"), link(1)]).toEqual([undefined, undefined, undefined]);
  });

  it("has what stands under a template", () => {
    const buttons = [
      { type: "QUICK_REPLY", text: "Yes" },
      { type: "URL", text: "Track", url: "https://x.example/1" },
      { type: "PHONE_NUMBER", text: "Call", phone_number: "+911" },
    ];
    const content = { shown: { header: "Order 1", body: "Dear Asha", footer: "Shop", buttons } };
    expect(buttonsOf(content)).toEqual([{ id: "Yes", title: "Yes", description: null, kind: "button" }]);
    expect(linksOf(content)).toEqual([{ text: "Track", url: "https://x.example/1" }]);
    expect(otherButtonsOf(content)).toEqual(["Call +911"]);
    expect(frameOf(content)).toEqual({ header: "Order 1", footer: "Shop" });
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

  it("has a form", () => {
    const flow = (payload: unknown) => ({ type: "flow", action: { parameters: { flow_cta: "Order", flow_token: "t", flow_action_payload: payload } } });
    expect(formOf(flow({ screen: "S", data: { litres: 1 } }))).toEqual({ cta: "Order", token: "t", fields: ["litres"] });
    expect(formOf(flow(undefined))?.fields).toEqual(["answer"]);
    expect([formOf({}), formOf({ type: "flow", action: [] })]).toEqual([null, null]);
  });

  it("may be anything at all", () => {
    for (const content of [{}, { action: "?" }, { action: { buttons: 1, sections: "x" } }, { contacts: {} }, { link: 5 }]) {
      expect(buttonsOf(content)).toEqual([]);
      expect([menuOf(content), remoteOf(content), linksOf(content)]).toEqual([null, null, []]);
      expect(cardsOf(content)).toEqual([]);
    }
  });
});

describe("what stands on the screen", () => {
  const message = (wamid: string, kind: string, content: Record<string, unknown>, text: string | null = null) =>
    ({ wamid, kind, content, text, direction: "in" }) as unknown as PhoneMessage;

  it("shows edits and deletions at the message they are for", () => {
    const shown = asChanged([
      message("a", "text", { body: "Sundey" }, "Sundey"),
      message("b", "text", { body: "wrong chat" }, "wrong chat"),
      message("c", "edit", { original_message_id: "a", message: { type: "text", text: { body: "Sunday" } } }),
      message("d", "revoke", { original_message_id: "b" }),
      message("e", "reaction", { message_id: "a", emoji: "x" }),
    ]);
    expect(shown.map(({ kind, text, content }) => [kind, text, content.edited ?? false])).toEqual([
      ["text", "Sunday", true],
      ["deleted", null, false],
    ]);
  });
});

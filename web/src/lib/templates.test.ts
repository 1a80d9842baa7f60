import { describe, expect, it } from "vitest";
import { missing, placesOf, shownOf } from "./templates";

const layout = {
  header: { format: "text" as const, text: "Order {{1}}" },
  body: "Dear {{1}}, it is {{2}}.",
  footer: "Shop",
  buttons: [
    { act: "quick_reply" as const, text: "Yes" },
    { act: "url" as const, text: "Track", url: "https://x.example/{{1}}" },
    { act: "copy_code" as const },
  ],
};

describe("a template", () => {
  it("reads as the customer reads it", () => {
    const values = { "header.1": "42", "body.1": "Ms {{contact.name}}", "button.1": "42", "button.2": "CODE" };
    expect(shownOf(layout, values, { name: "Asha", phone: "" })).toEqual({
      headerFormat: "text",
      header: "Order 42",
      body: "Dear Ms Asha, it is {{2}}.",
      footer: "Shop",
      buttons: [
        { act: "quick_reply", text: "Yes", leads: "" },
        { act: "url", text: "Track", leads: "https://x.example/42" },
        { act: "copy_code", text: "", leads: "CODE" },
      ],
    });
  });

  it("may have next to nothing", () => {
    expect(shownOf({ body: "Hello {{contact_name}}" }, {})).toMatchObject({ headerFormat: null, body: "Hello {{contact_name}}", buttons: [] });
    expect(shownOf({ body: "x", header: { format: "image" } }, { "header.link": "https://x.example/a.jpg" }).header).toContain("a.jpg");
  });

  it("may have its file where the provider keeps it", () => {
    const header = { format: "image" as const, link: "https://x.example/{{2}}" };
    expect(shownOf({ body: "x", header }, { "header.link": "cow.png" }).header).toBe("https://x.example/cow.png");
    expect(shownOf({ body: "x", header: { ...header, link: "https://x.example/a.png" } }, {}).header).toBe("https://x.example/a.png");
  });

  it("may copy a value of its body, or a fixed code", () => {
    const copying = (code: string) => shownOf({ body: "{{1}}", buttons: [{ act: "copy_code", code }] }, { "body.1": "123" }).buttons[0]?.leads;
    expect([copying("{{1}}"), copying("SPRING")]).toEqual(["123", "SPRING"]);
  });

  it("has places, some of them to be filled", () => {
    expect(placesOf("{{1}} {{ name }} {{1}} {{contact.name}}")).toEqual(["1", "name"]);
    const slot = (name: string, required = true) => ({ name, required, kind: "text" as const, example: "" });
    expect(missing([slot("body.1"), slot("body.2"), slot("header.filename", false)], { "body.1": "x", "body.2": " " })).toEqual(["body.2"]);
  });
});

import { describe, expect, it } from "vitest";
import { CONTENT_KINDS, type Given, kindsOf, placed } from "./content-kinds";

const of = (kind: string) => CONTENT_KINDS.find((one) => one.kind === kind) ?? expect.fail(kind);
const content = (kind: string, given: Given) => of(kind).content(given);

describe("content of each kind", () => {
  it("leaves out what is empty", () => {
    expect(content("cta_url", { body: "See", display_text: " Open ", url: "https://a.example", header: " " })).toEqual({ body: "See", display_text: "Open", url: "https://a.example" });
    expect(content("location", { latitude: "12,5", longitude: "x" })).toEqual({ latitude: 12.5, longitude: "x" });
    expect(content("contacts", { name: "Asha", phone: "+91" })).toEqual({ contacts: [{ name: { formatted_name: "Asha" }, phones: [{ phone: "+91" }] }] });
  });

  it("reads a button and a row from each line", () => {
    expect(content("buttons", { body: "Well?", buttons: "Yes\n\n No " }).buttons).toEqual([{ id: "1", title: "Yes" }, { id: "2", title: "No" }]);
    expect(content("list", { body: "b", button: "c", rows: "Milk | 1 litre | cold\nCurd" }).sections).toEqual([
      { rows: [{ id: "1", title: "Milk", description: "1 litre | cold" }, { id: "2", title: "Curd", description: "" }] },
    ]);
  });

  it("tells a flow's number from its name, and sends data that is no JSON as it stands", () => {
    expect(content("flow", { flow: " 123 ", body: "b", cta: "c", data: '{"litres": 2}' })).toEqual({ flow_id: "123", body: "b", cta: "c", data: { litres: 2 } });
    expect(content("flow", { flow: "order", body: "b", cta: "c", data: "{" })).toEqual({ flow_name: "order", body: "b", cta: "c", data: "{" });
  });
});

it("offers what the number sends", () => {
  expect(kindsOf(["text", "location", "flow"]).map(({ kind }) => kind)).toEqual(["location", "flow"]);
  expect(kindsOf(["text"])).toEqual([]);
});

it("puts what the server said where it belongs", () => {
  const said = [{ field: "content.sections.0.rows.1.title", detail: "is long" }, { field: "content.button", detail: "is empty" }, { field: "reply_to", detail: "is gone" }];
  expect(placed(of("list"), said)).toEqual({ faults: { rows: "is long", button: "is empty" }, left: ["reply_to is gone"] });
  expect(placed(of("contacts"), [{ field: "content.contacts.0.name.formatted_name", detail: "is empty" }]).faults).toEqual({ name: "is empty" });
});

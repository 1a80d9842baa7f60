import { describe, expect, it } from "vitest";
import { inkOn } from "./elements";
import { choices, link, merged, unplaced, untold, type Said, type Talk } from "./model";

function said(id: string, more: Partial<Said> = {}): Said {
  return { id, by: "assistant", kind: "text", text: id, content: {}, status: "sent", at: `2026-11-27T09:00:0${id}Z`, ...more };
}

const EMPTY: Talk = { messages: [], state: null };
const ids = (talk: Talk) => talk.messages.map((one) => one.id);

describe("merged", () => {
  it("keeps the order of the thread however news come", () => {
    const talk = merged(merged(EMPTY, { messages: [said("2")] }), { messages: [said("1"), said("3")] });
    expect(ids(talk)).toEqual(["1", "2", "3"]);
  });

  it("shows what is being sent last, and in its place once it has one", () => {
    const sending = said("0", { by: "visitor", status: "sending", at: unplaced(new Date(0)) });
    const before = merged(EMPTY, { messages: [said("1"), sending] });
    expect(ids(before)).toEqual(["1", "0"]);
    expect(ids(merged(before, { messages: [said("0", { by: "visitor" })] }))).toEqual(["0", "1"]);
  });

  it("keeps the state that news do not name", () => {
    const state = { answers: "person", joined: false, pending: false } as const;
    expect(merged({ messages: [], state }, { messages: [said("1")] }).state).toBe(state);
  });
});

describe("choices", () => {
  const buttons = said("1", { kind: "buttons", content: { buttons: [{ id: "y", title: "Yes" }, { nonsense: 1 }] } });

  it("are the quick replies until somebody wrote", () => {
    expect(choices(EMPTY, ["Prices?"])).toEqual([{ id: "", title: "Prices?" }]);
  });

  it("are the buttons of the newest message alone", () => {
    expect(choices({ ...EMPTY, messages: [buttons] }, ["Prices?"])).toEqual([{ id: "y", title: "Yes" }]);
    expect(choices({ ...EMPTY, messages: [buttons, said("2", { by: "visitor" })] }, [])).toEqual([]);
  });

  it("are the rows of a list", () => {
    const list = said("1", { kind: "list", content: { sections: [{ rows: [{ id: "a", title: "A" }] }, {}] } });
    expect(choices({ ...EMPTY, messages: [list] }, [])).toEqual([{ id: "a", title: "A" }]);
  });
});

describe("link", () => {
  it("opens web addresses and nothing else", () => {
    expect(link(said("1", { content: { url: "javascript:alert(1)" } }), "Open")).toBeNull();
    expect(link(said("1", { content: { link: "https://a.example/p.pdf", filename: "p.pdf" } }), "Open")).toEqual({
      href: "https://a.example/p.pdf",
      words: "p.pdf",
    });
  });
});

it("tells of each message once it is here, and again when it is seen", () => {
  const talk = { ...EMPTY, messages: [said("1"), said("2", { status: "delivered" }), said("3", { by: "visitor" })] };
  expect(untold(talk, "delivered")).toEqual(["1"]);
  expect(untold(talk, "read")).toEqual(["1", "2"]);
});

it("writes on a colour so that it can be read", () => {
  expect([inkOn("#0f766e"), inkOn("#ffe066"), inkOn("#000000")]).toEqual(["#fff", "#000", "#fff"]);
});

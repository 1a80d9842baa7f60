import { expect, it } from "vitest";
import { aMessage } from "@/testing/factories";
import { buildThread } from "./thread-items";

const pending = {
  client_id: "k1",
  conversation_id: "c1",
  text: "on its way",
  private: false,
  created_at: "2026-01-02T10:01:00Z",
  refused: null,
};

it("reads from old to new, with days and runs", () => {
  const items = buildThread(
    [
      aMessage({ id: "m3", sort_at: "2026-01-02T12:01:00Z" }),
      aMessage({ id: "m2", sort_at: "2026-01-02T12:00:00Z" }),
      aMessage({ id: "m1", sort_at: "2026-01-01T12:00:00Z" }),
    ],
    [],
    "m2",
  );
  expect(items.map((item) => item.kind)).toEqual(["day", "message", "day", "fresh", "message", "message"]);
  expect(items.at(-1)).toMatchObject({ first: false, last: true });
});

it("shows a waiting message at the end, and not twice once the server has it", () => {
  expect(buildThread([], [pending], null).at(-1)).toMatchObject({ message: { status: "queued", text: "on its way" } });
  const arrived = buildThread([aMessage({ client_id: "k1" })], [pending], null);
  expect(arrived.filter((item) => item.kind === "message")).toHaveLength(1);
});

it("parts two colleagues, but not a colleague from their own words on the way", () => {
  const at = (id: string, member_id: string, minute: number) => aMessage({ id, member_id, sort_at: `2026-01-02T10:0${minute}:00Z` });
  const bubbles = buildThread([at("m2", "b", 1), at("m1", "a", 0)], [], null).filter((item) => item.kind === "message");
  expect(bubbles.map((item) => item.first)).toEqual([true, true]);
  const own = buildThread([at("m1", "a", 0)], [pending], null).filter((item) => item.kind === "message");
  expect(own.map((item) => item.first)).toEqual([true, false]);
});

it("shows an edit and a deletion on the message that they are about, alone where it is not here", () => {
  const change = (id: string, kind: string) => aMessage({ id, kind, target: "wamid.1" });
  const shown = (...messages: Parameters<typeof buildThread>[0]) =>
    buildThread(messages, [], null).flatMap((item) => (item.kind === "message" ? [item.message.id] : []));
  const theirs = aMessage({ id: "m1", external_id: "wamid.1" });
  expect(shown(change("m3", "revoke"), change("m2", "edit"), theirs)).toEqual(["m1"]);
  expect(shown(change("m3", "revoke"), change("m2", "edit"))).toEqual(["m2", "m3"]);
  expect(shown(change("m2", "reaction"), theirs)).toEqual(["m1", "m2"]);
});

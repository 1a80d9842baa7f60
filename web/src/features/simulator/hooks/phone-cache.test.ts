import { expect, it } from "vitest";
import type { PhoneMessage } from "../api/phone-shapes";
import { place } from "./phone-cache";

const said: PhoneMessage = {
  id: 2,
  wamid: "w2",
  customer_id: 1,
  direction: "in",
  kind: "text",
  text: "hi",
  content: {},
  state: "sent",
  error_code: null,
  reply_to: null,
  at_ms: 0,
};

it("keeps ticks forward and the order by id", () => {
  const read = place([said], { ...said, state: "read" });
  expect(place(read, { ...said, state: "delivered" })[0]?.state).toBe("read");
  expect(place(read, { ...said, id: 1 }).map((message) => message.id)).toEqual([1, 2]);
});

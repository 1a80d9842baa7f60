import { expect, it } from "vitest";
import { aConversation } from "@/testing/factories";
import { steady } from "./use-steady-rows";

const at = (id: string, hour: number) =>
  aConversation({ id, last_message_at: `2026-01-01T${String(hour).padStart(2, "0")}:00:00Z` });
const held = new Map([at("a", 12), at("b", 11), at("c", 10)].map((row) => [row.id, row]));

it("keeps the held order and counts what would have moved or come", () => {
  const live = [at("new", 14), at("c", 13), at("a", 12), at("b", 11)];
  const { rows, fresh } = steady(live, held);
  expect(rows.map((row) => row.id)).toEqual(["a", "b", "c"]);
  expect(fresh).toBe(2);
});

it("counts a row that now needs a person", () => {
  const live = [{ ...at("c", 10), needs_person: true }, at("a", 12), at("b", 11)];
  expect(steady(live, held)).toMatchObject({ rows: [{ id: "a" }, { id: "b" }, { id: "c" }], fresh: 1 });
});

it("lets older pages grow at the end and rows that left go", () => {
  const { rows, fresh } = steady([at("a", 12), at("c", 10), at("old", 9)], held);
  expect(rows.map((row) => row.id)).toEqual(["a", "c", "old"]);
  expect(fresh).toBe(0);
});

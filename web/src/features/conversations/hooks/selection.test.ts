import { expect, it } from "vitest";
import { aConversation } from "@/testing/factories";
import { allOf, extended, NOTHING, toggled, within, without } from "./selection";

const rows = ["a", "b", "c", "d", "e"].map((id) => aConversation({ id }));
const some = (...ids: string[]) => rows.filter(({ id }) => ids.includes(id));
const idsOf = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort().join("");

it("takes a row in and out again", () => {
  const one = toggled(NOTHING, "b");
  expect(idsOf(one)).toBe("b");
  expect(idsOf(toggled(one, "b"))).toBe("");
});

it("selects from the last chosen row to this one, downwards and upwards, beside what there was", () => {
  const start = toggled(toggled(NOTHING, "e"), "b");
  expect(idsOf(extended(start, rows, "d"))).toBe("bcde");
  expect(idsOf(extended(start, rows, "a"))).toBe("abe");
});

it("goes on from where a range ended", () => {
  const first = extended(toggled(NOTHING, "a"), rows, "b");
  expect(idsOf(extended(first, rows, "d"))).toBe("abcd");
});

it("selects one row where a range has no beginning", () => {
  expect(idsOf(extended(NOTHING, rows, "c"))).toBe("c");
  expect(idsOf(extended({ ids: new Set(), anchor: "gone" }, rows, "c"))).toBe("c");
});

it("takes a range in the order that is shown now", () => {
  const start = toggled(NOTHING, "a");
  const moved = [...rows.slice(1), ...rows.slice(0, 1)];
  expect(idsOf(extended(start, moved, "d"))).toBe("ade");
});

it("survives new order, and is the same object then", () => {
  const both = allOf(some("a", "d"));
  expect(within(both, [...rows].reverse())).toBe(both);
});

it("loses what left the list for good", () => {
  const left = within(allOf(some("a", "b", "d")), some("a", "c", "d"));
  expect(idsOf(left)).toBe("ad");
  expect(idsOf(within(left, rows))).toBe("ad");
});

it("lets go of those that are done and keeps the others", () => {
  expect(idsOf(without(allOf(some("a", "b", "c")), some("a", "c", "e")))).toBe("b");
});

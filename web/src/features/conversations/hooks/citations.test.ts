import { expect, it } from "vitest";
import { aMessage } from "@/testing/factories";
import { citationsOf, confidenceOf, owesSource } from "./citations";

it("reads what is there and leaves out what says nothing", () => {
  const message = aMessage({
    citations: [
      { source: "Prices", passage: "Cow milk 68", page: 2, score: 0.9, source_id: "s", passage_id: "p", position: 0 },
      { source: 5 },
      { passage: "alone", score: "?" },
    ],
  });
  expect(citationsOf(message)).toEqual([
    { source: "Prices", passage: "Cow milk 68", heading: "", page: 2, score: 0.9, place: { source: "s", passage: "p", position: 0 } },
    { source: "", passage: "alone", heading: "", page: null, score: null, place: null },
  ]);
});

it("asks for sources only where words were put together", () => {
  expect(owesSource(aMessage({ author: "assistant", source: "answer" }))).toBe(true);
  expect(owesSource(aMessage({ author: "assistant", source: "rule" }))).toBe(false);
  expect(owesSource(aMessage({ author: "agent", source: "agent" }))).toBe(false);
});

it("says a score as a word", () => {
  expect([0.9, 0.6, 0.2].map(confidenceOf)).toEqual(["high", "medium", "low"]);
});

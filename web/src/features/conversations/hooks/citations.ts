/** Where an answer's words come from, read defensively from what was stored with the message. */
import type { Message } from "@/lib/api/types";
import type { Place } from "../api/passages-around";

export interface Citation {
  source: string;
  passage: string;
  heading: string;
  page: number | null;
  /** A probability that the passage answers the question; null where none was kept. */
  score: number | null;
  /** Where it stands in its source; null where that was not kept. */
  place: Place | null;
}

export type Confidence = "high" | "medium" | "low";

const HIGH = 0.75;
const MEDIUM = 0.5;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function placeOf(source: string, passage: string, position: number | null): Place | null {
  return source && passage && position !== null ? { source, passage, position } : null;
}

export function citationsOf({ citations }: Message): Citation[] {
  return citations
    .map(({ source, passage, heading, page, score, source_id, passage_id, position }) => ({
      source: text(source),
      passage: text(passage),
      heading: text(heading),
      page: number(page),
      score: number(score),
      place: placeOf(text(source_id), text(passage_id), number(position)),
    }))
    .filter((citation) => citation.passage !== "" || citation.source !== "");
}

/** A rule's words are the business's own; what was put together from knowledge owes a source. */
export function owesSource({ author, source }: Message): boolean {
  return author === "assistant" && (source === "answer" || source === "model");
}

export function confidenceOf(score: number): Confidence {
  if (score >= HIGH) return "high";
  return score >= MEDIUM ? "medium" : "low";
}

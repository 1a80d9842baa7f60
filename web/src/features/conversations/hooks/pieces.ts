/** A text that is longer than its number takes, as several messages: cut where a reader would pause; pure. */

const length = (text: string): number => [...text].length; // as the server counts

/** At most `limit` characters each, in order; cut after paragraphs and sentences, else after words, else anywhere but within a sign. */
export function pieces(text: string, limit: number): string[] {
  const found: string[] = [];
  let rest = "";
  for (const part of parts(text, limit, "sentence")) {
    if (length((rest + part).trimEnd()) > limit) {
      found.push(rest);
      rest = "";
    }
    rest += part;
  }
  found.push(rest);
  return found.map((piece) => piece.trim()).filter(Boolean);
}

const FINER = { sentence: "word", word: "grapheme" } as const;

/** Sentences, or what they are made of where one is too long by itself. */
function parts(text: string, limit: number, by: "sentence" | "word" | "grapheme"): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: by }).segment(text)].flatMap(({ segment }) =>
    by === "grapheme" || length(segment.trimEnd()) <= limit ? [segment] : parts(segment, limit, FINER[by]),
  );
}

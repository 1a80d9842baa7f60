/** Phrases of a rule that an earlier rule takes first, as far as their words show it; pure. */
import type { Rule } from "@/lib/api/types";

export interface Conflict {
  phrase: string;
  /** The rule that comes first. */
  rule: Rule;
}

type Listening = Pick<Rule, "match" | "phrases">;

function plain(phrase: string): string {
  const words = phrase.toLocaleLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.join(" ");
}

/** A single word, and a phrase after "=", count only when nothing else is said. */
function countsAlone(phrase: string): boolean {
  return phrase.startsWith("=") || !plain(phrase).includes(" ");
}

function takes(earlier: string, phrase: string): boolean {
  const [found, said] = [plain(earlier), plain(phrase)];
  if (!found || !said) return false;
  return found === said || (!countsAlone(earlier) && ` ${said} `.includes(` ${found} `));
}

export function conflictsOf(rule: Listening, earlier: readonly Rule[]): Conflict[] {
  if (rule.match !== "phrase") return [];
  return rule.phrases.flatMap((phrase) => {
    const first = earlier.find((other) => other.enabled && other.match === "phrase" && other.phrases.some((one) => takes(one, phrase)));
    return first ? [{ phrase, rule: first }] : [];
  });
}

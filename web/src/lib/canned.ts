/** Canned replies: which fit what is typed, and their text with its variables filled in. */
import type { CannedReply } from "./api/types";

export const VARIABLES = ["contact.name", "contact.first_name", "agent.name", "business.name"] as const;
export type Values = Record<(typeof VARIABLES)[number], string>;

/** Those that have the words in their shortcut or name, first those whose shortcut begins with them. */
export function matching(replies: readonly CannedReply[], typed: string, { inTexts = false } = {}): CannedReply[] {
  const words = typed.toLowerCase().replace(/^\//, "").trim();
  const begins = ({ shortcut }: CannedReply) => shortcut.toLowerCase().startsWith(words);
  const has = ({ shortcut, name, text }: CannedReply) => `${shortcut}\n${name}\n${inTexts ? text : ""}`.toLowerCase().includes(words);
  return [...replies.filter(begins), ...replies.filter((reply) => has(reply) && !begins(reply))];
}

/** What is not known and has no fallback goes, with the space before it. */
export function fill(text: string, values: Values): string {
  return text.replace(/([ \t]*)\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}/g, (place, space: string, name: string, fallback = "") => {
    if (!isVariable(name)) return place;
    const said = values[name] || fallback.trim();
    return said && space + said;
  });
}

function isVariable(name: string): name is keyof Values {
  return VARIABLES.some((one) => one === name);
}

/** A number is no name to greet with. */
export function firstName(name: string): string {
  const first = name.trim().split(/\s+/)[0] ?? "";
  return /\p{L}/u.test(first) ? first : "";
}

export interface Slash {
  /** Where "/" stands. */
  from: number;
  /** What follows it. */
  typed: string;
}

/** "/" and what is typed of a shortcut, where nothing else stands in the line. */
export function slashAt(text: string, caret: number): Slash | null {
  const from = text.lastIndexOf("\n", caret - 1) + 1;
  const end = text.indexOf("\n", from);
  const line = text.slice(from, end < 0 ? text.length : end);
  return /^\/\S*$/.test(line) && caret === from + line.length ? { from, typed: line.slice(1) } : null;
}

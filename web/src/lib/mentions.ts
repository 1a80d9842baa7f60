/** "@" and names of colleagues in a note; pure. */

export interface Colleague {
  id: string;
  name: string;
}

export interface At {
  /** Where "@" stands. */
  from: number;
  /** What follows it. */
  typed: string;
}

/** "@" and what is typed of a name before the caret, where a word begins. */
export function atSign(text: string, caret: number): At | null {
  const from = text.lastIndexOf("@", caret - 1);
  const typed = text.slice(from + 1, caret);
  if (from < 0 || caret <= from || /[\n@]/.test(typed) || /^\s|\s\S*\s/.test(typed)) return null;
  return from === 0 || /[\s(]/.test(text[from - 1] ?? "") ? { from, typed } : null;
}

/** Those with a word of the name that begins with what is typed. */
export function colleaguesLike<Person extends Colleague>(people: readonly Person[], typed: string): Person[] {
  const wanted = typed.toLowerCase();
  return people.filter(({ name }) => ` ${name.toLowerCase()}`.includes(` ${wanted}`));
}

/** Those who are still named in the text. */
export function stillMentioned(text: string, mentions: readonly Colleague[]): Colleague[] {
  return mentions.filter(({ name }) => text.includes(`@${name}`));
}

/** The text cut at the names that it mentions; the longest name wins. */
export function mentionParts(text: string, mentions: readonly Colleague[]): { text: string; mention: boolean }[] {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!escaped.length) return [{ text, mention: false }];
  return text
    .split(new RegExp(`(${escaped.join("|")})`))
    .filter(Boolean)
    .map((part) => ({ text: part, mention: names.includes(part) }));
}

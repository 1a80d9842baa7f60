/** What the chat knows, and how news changes it; pure. */

export interface Choice {
  id: string;
  title: string;
  description?: string;
}

export interface Said {
  id: string;
  by: "visitor" | "assistant" | "person";
  kind: string;
  text: string;
  content: Record<string, unknown>;
  status: string;
  at: string;
}

export interface State {
  answers: "assistant" | "person";
  joined: boolean;
  pending: boolean;
}

export interface Look {
  title: string;
  greeting: string;
  quick_replies: string[];
  accent: string;
  language: string;
}

export interface Talk {
  messages: readonly Said[];
  state: State | null;
}

/** Newer words about a message replace older ones; what we show before it has arrived stays at the end. */
export function merged(talk: Talk, news: Partial<Talk>): Talk {
  const known = new Map(talk.messages.map((said) => [said.id, said]));
  for (const said of news.messages ?? []) known.set(said.id, said);
  const messages = [...known.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { messages, state: news.state ?? talk.state };
}

/** The moment of a message that has no place in the thread yet: after everything that has. */
export function unplaced(now: Date): string {
  return `~${now.toISOString()}`;
}

/** What may be pressed under the newest message, if nothing was written since. */
export function choices(talk: Talk, quick: readonly string[]): Choice[] {
  const last = talk.messages.at(-1);
  if (!last) return quick.map((title) => ({ id: "", title }));
  if (last.by === "visitor") return [];
  if (last.kind === "buttons") return read(last.content["buttons"]);
  if (last.kind === "list") {
    const sections = Array.isArray(last.content["sections"]) ? (last.content["sections"] as { rows?: unknown }[]) : [];
    return sections.flatMap((section) => read(section.rows));
  }
  return [];
}

function read(given: unknown): Choice[] {
  return Array.isArray(given) ? (given as Choice[]).filter((one) => typeof one.title === "string") : [];
}

/** The address behind a message, when it is one that may be opened. */
export function link(said: Said, otherwise: string): { href: string; words: string } | null {
  const href = text(said.content["url"]) || text(said.content["link"]);
  if (!/^https?:\/\//i.test(href)) return null;
  return { href, words: text(said.content["display_text"]) || text(said.content["filename"]) || otherwise };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Ours that this visitor has not been told to have, or has not been seen to read. */
export function untold(talk: Talk, status: "delivered" | "read"): string[] {
  const before = status === "read" ? ["sent", "delivered", "unknown"] : ["sent", "unknown"];
  return talk.messages.filter((said) => said.by !== "visitor" && before.includes(said.status)).map((said) => said.id);
}

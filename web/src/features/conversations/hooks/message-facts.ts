/** What a message that is more than words carries, read defensively: providers say more than they promise. */
import type { Message, TemplateLayout } from "@/lib/api/types";
import type { Colleague } from "@/lib/mentions";
import { type Shown, shownOf, type Values } from "@/lib/templates";

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** A file's name, a place's coordinates, which template: the words beside the kind. */
export function factOf({ kind, content, media }: Message): string | null {
  if (kind === "template") return text(content?.name);
  const file = text(media?.filename) ?? text(content?.filename);
  if (file) return file;
  const { latitude, longitude } = content ?? {};
  return typeof latitude === "number" && typeof longitude === "number" ? `${latitude}, ${longitude}` : null;
}

/** Colleagues whom a note calls in. */
export function mentionsOf({ content, private: note }: Message): Colleague[] {
  if (!note) return [];
  return list(content?.mentions).map(({ id, name }) => ({ id: String(id), name: String(name) }));
}

/** Taken back by the customer: its words are not shown any more. */
export const isDeleted = ({ content }: Pick<Message, "content">): boolean => content?.revoked === true;

export const isEdited = ({ content }: Pick<Message, "content">): boolean => content?.edited === true;

export interface Frame {
  header: string | null;
  footer: string | null;
}

/** A template as it was sent, with its values. */
function templateOf({ kind, content }: Message): Shown | null {
  const layout = record(content?.layout);
  if (kind !== "template" || typeof layout.body !== "string") return null;
  return shownOf(layout as unknown as TemplateLayout, record(content?.values) as Values);
}

/** The lines around the words of a message of ours. */
export function frameOf(message: Message): Frame {
  const { content, direction } = message;
  if (direction !== "out") return { header: null, footer: null };
  const template = templateOf(message);
  if (template) return { header: text(template.header), footer: text(template.footer) };
  return { header: text(content?.header), footer: text(content?.footer) };
}

export interface Choices {
  /** The word that opens a list; null where all can be pressed at once. */
  opener: string | null;
  titles: string[];
}

/** What the customer can press under a message of ours. */
export function choicesOf(message: Message): Choices | null {
  const { kind, content } = message;
  const template = templateOf(message);
  if (template) return template.buttons.length ? { opener: null, titles: template.buttons.map((one) => one.text || one.leads) } : null;
  if (kind === "buttons") return { opener: null, titles: list(content?.buttons).flatMap((one) => text(one.title) ?? []) };
  if (kind === "flow") return { opener: null, titles: [text(content?.cta) ?? ""] };
  if (kind !== "list") return null;
  const rows = list(content?.sections).flatMap((section) => list(section.rows));
  return { opener: text(content?.button), titles: rows.flatMap((row) => text(row.title) ?? []) };
}

export interface FormAnswer {
  /** null where the form sent no fields but one thing. */
  field: string | null;
  value: string;
}

/** What a customer filled into a form; our own token is no answer. */
export function answersOf({ kind, content }: Message): FormAnswer[] {
  const response = content?.response;
  if (kind !== "form_reply" || response === null || response === undefined) return [];
  if (typeof response !== "object" || Array.isArray(response)) return [{ field: null, value: shown(response) }];
  return Object.entries(response)
    .filter(([field]) => field !== "flow_token")
    .map(([field, value]) => ({ field, value: shown(value) }));
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 2000);

/** Where a message leads: a button's page, or the address that a file is fetched from. */
export function linkOf({ content, direction }: Message): { text: string; url: string } | null {
  const url = text(content?.url) ?? text(content?.link);
  if (direction !== "out" || !url || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return { text: text(content?.display_text) ?? new URL(url).host, url };
}

/** The first number of each contact card, after its name. */
export function cardsOf({ kind, content }: Message): string[] {
  if (kind !== "contacts") return [];
  return list(content?.contacts).flatMap((card) => text(list(card.phones)[0]?.phone) ?? []);
}

/** What the business put into a message, read defensively: the emulator keeps it as it was on the wire. */

import type { PhoneMessage } from "../api/phone-shapes";

export interface Choice {
  id: string;
  title: string;
  description: string | null;
  /** "button": a quick reply under a template. */
  kind: "button_reply" | "list_reply" | "button";
}

interface Section {
  title: string | null;
  rows: Choice[];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function choice(value: unknown, kind: Choice["kind"]): Choice[] {
  const { id, title, description } = record(value);
  return typeof id === "string" && typeof title === "string" ? [{ id, title, description: words(description), kind }] : [];
}

/** Of a template the emulator keeps how it reads with its values. */
const templateButtons = (content: Record<string, unknown>) => list(record(content.shown).buttons).map(record);

/** Buttons a customer can press. */
export function buttonsOf(content: Record<string, unknown>): Choice[] {
  const quick = templateButtons(content).flatMap(({ type, text }) =>
    type === "QUICK_REPLY" ? choice({ id: text, title: text }, "button") : [],
  );
  if (quick.length) return quick;
  return list(record(content.action).buttons).flatMap((button) => choice(record(button).reply, "button_reply"));
}

/** A list, and the word on the button that opens it. */
export function menuOf(content: Record<string, unknown>): { button: string; sections: Section[] } | null {
  const action = record(content.action);
  const sections = list(action.sections).map((section) => ({
    title: words(record(section).title),
    rows: list(record(section).rows).flatMap((row) => choice(row, "list_reply")),
  }));
  const button = words(action.button);
  return button && sections.some((section) => section.rows.length > 0) ? { button, sections } : null;
}

/** An address of the web; nothing else is ever opened. */
function webAddress(value: unknown): string | null {
  const text = words(value);
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

/** Buttons that open a page. */
export function linksOf(content: Record<string, unknown>): { text: string; url: string }[] {
  const { display_text, url } = record(record(content.action).parameters);
  const given = [{ text: display_text, url }, ...templateButtons(content)];
  return given.flatMap((one) => {
    const text = words(one.text);
    const address = webAddress(one.url);
    return text && address ? { text, url: address } : [];
  });
}

/** What else stands under a template: numbers to call, codes to copy. */
export function otherButtonsOf(content: Record<string, unknown>): string[] {
  return templateButtons(content).flatMap(({ text, phone_number, code }) => {
    const leads = words(phone_number) ?? words(code);
    return leads ? `${words(text) ?? ""} ${leads}`.trim() : [];
  });
}

/** A form behind a button: its token comes back with what is filled in, its first screen may know fields. */
export function formOf(content: Record<string, unknown>): { cta: string; token: string; fields: string[] } | null {
  const { flow_cta, flow_token, flow_action_payload } = record(record(content.action).parameters);
  const cta = words(flow_cta);
  if (content.type !== "flow" || !cta) return null;
  const fields = Object.keys(record(record(flow_action_payload).data));
  return { cta, token: words(flow_token) ?? "", fields: fields.length ? fields : ["answer"] };
}

export function asksForPlace(content: Record<string, unknown>): boolean {
  return content.type === "location_request_message";
}

/** The lines above and below a body. */
export function frameOf(content: Record<string, unknown>): { header: string | null; footer: string | null } {
  const { shown } = content;
  if (shown) return { header: words(record(shown).header), footer: words(record(shown).footer) };
  return { header: words(record(content.header).text), footer: words(record(content.footer).text) };
}

/** People on contact cards, each with a number where there is one. */
export function cardsOf(content: Record<string, unknown>): { name: string; phone: string | null }[] {
  return list(content.contacts).flatMap((card) => {
    const { name, phones } = record(card);
    const shown = words(record(name).formatted_name);
    return shown ? [{ name: shown, phone: words(record(list(phones)[0]).phone) }] : [];
  });
}

/** A file that came with a message. */
export interface Attached {
  id: string;
  mime: string;
  filename: string | null;
}

export function attachedOf(content: Record<string, unknown>): Attached | null {
  const { id, mime_type, filename } = content;
  if (typeof id !== "string" || typeof mime_type !== "string") return null;
  return { id, mime: mime_type, filename: typeof filename === "string" ? filename : null };
}

/** A file named by its address: what it is called, and where it is. */
export function remoteOf(content: Record<string, unknown>): { name: string; url: string } | null {
  const url = webAddress(content.link);
  if (!url) return null;
  const { host, pathname } = new URL(url);
  return { name: words(content.filename) ?? words(pathname.split("/").at(-1)) ?? host, url };
}

interface Place {
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}

export function placeOf({ latitude, longitude, name, address }: Record<string, unknown>): Place | null {
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return { latitude, longitude, name: words(name), address: words(address) };
}

/** Emoji of a reaction and the message it is for. */
export function reactionOf(kind: string, content: Record<string, unknown>): { to: string; emoji: string } | null {
  if (kind !== "reaction") return null;
  const { message_id, emoji } = content;
  return typeof message_id === "string" ? { to: message_id, emoji: typeof emoji === "string" ? emoji : "" } : null;
}

/** What stands on the screen: edits and deletions are seen at the message they are for, reactions beneath theirs. */
export function asChanged(messages: readonly PhoneMessage[]): PhoneMessage[] {
  const edits = new Map<string, string>();
  const deleted = new Set<string>();
  for (const { kind, content } of messages) {
    const of = words(content.original_message_id);
    if (kind === "edit" && of) edits.set(of, words(record(record(content.message).text).body) ?? "");
    if (kind === "revoke" && of) deleted.add(of);
  }
  return messages
    .filter(({ kind }) => !["reaction", "edit", "revoke"].includes(kind))
    .map((message) => {
      if (deleted.has(message.wamid)) return { ...message, kind: "deleted", text: null, content: {} };
      const text = edits.get(message.wamid);
      return text === undefined ? message : { ...message, text, content: { ...message.content, edited: true } };
    });
}

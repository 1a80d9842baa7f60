/** Message templates with their places filled: what the customer will read; pure. */
import type { Template, TemplateLayout } from "./api/types";

export type Slot = Template["slots"][number];
/** By the names of the template's slots. */
export type Values = Readonly<Record<string, string>>;
/** What `{{contact.name}}` and `{{contact.phone}}` stand for. */
export interface Person {
  name: string;
  phone: string;
}

const PLACE = /\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}/g;
const PERSONAL = /\{\{\s*contact\.(name|phone)\s*\}\}/g;

export const CONTACT_NAME = "{{contact.name}}";
/** The words of the automatic message that a template stands in for. */
export const REPLY = "{{reply}}";

/** A place as it is written in a template. */
export const placeOf = (name: string): string => `{{${name}}}`;

/** The names of the places in a text, each once, in order. */
export function placesOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map((found) => found[1] ?? ""))];
}

/** A place without a value stays as it is. */
function fill(text: string, part: string, values: Values): string {
  return text.replace(PLACE, (whole, name: string) => values[`${part}.${name}`] || whole);
}

/** Where the file stands that is above the body, or which place; part of it may be the provider's. */
function fileOf(link: string | undefined, sent: Values): string {
  if (link) return link.replace(PLACE, (whole) => sent["header.link"] || whole);
  return sent["header.link"] ?? sent["header.name"] ?? "";
}

export interface ShownButton {
  act: string;
  text: string;
  /** Where it leads, whom it calls, or what it copies. */
  leads: string;
}

export interface Shown {
  /** "text", or what kind of thing stands above the body. */
  headerFormat: string | null;
  header: string;
  body: string;
  footer: string;
  buttons: ShownButton[];
}

/** Values are taken as they will be sent: with the contact's own name in them. */
export function shownOf(layout: TemplateLayout, values: Values, person?: Person): Shown {
  const sent = person ? personal(values, person) : values;
  const { header } = layout;
  return {
    headerFormat: header?.format ?? null,
    header: header?.format === "text" ? fill(header.text ?? "", "header", sent) : fileOf(header?.link, sent),
    body: fill(layout.body, "body", sent),
    footer: layout.footer ?? "",
    buttons: (layout.buttons ?? []).map((button, at) => ({
      act: button.act,
      text: button.text ?? "",
      leads: leadsTo(button, sent[`button.${at}`] ?? "", sent),
    })),
  };
}

/** A code may be fixed, or a value of the body too. */
function leadsTo(button: NonNullable<TemplateLayout["buttons"]>[number], value: string, sent: Values): string {
  if (button.act === "url") return (button.url ?? "").replace(PLACE, (whole) => value || whole);
  return button.act === "copy_code" ? value || fill(button.code ?? "", "body", sent) : (button.phone ?? "");
}

function personal(values: Values, person: Person): Values {
  const put = (value: string) => value.replace(PERSONAL, (whole, fact: keyof Person) => person[fact] || whole);
  return Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, put(value)]));
}

/** The file above a template, where no link is given. */
export const HEADER_FILE = "header.link";

/** Media types of a header's files, as the browser's own choice of files takes them. */
export const ACCEPTS: Readonly<Record<string, string>> = {
  image: "image/jpeg,image/png",
  video: "video/mp4,video/3gpp",
  document: ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt",
};

/** The slots that must have a value and have none; `file` stands for the one of the header. */
export function missing(slots: readonly Slot[], values: Values, file: File | null = null): string[] {
  const filled = (slot: Slot) => values[slot.name]?.trim() || (slot.name === HEADER_FILE && file !== null);
  return slots.filter((slot) => slot.required && !filled(slot)).map((slot) => slot.name);
}

/** The values of the form for a new template, with the limits of WhatsApp; pure. */
import type { NewTemplate, TemplateLayout } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";
import { placesOf, type Values } from "@/lib/templates";

export const FILES = ["image", "video", "document"] as const;
export type FileHeader = (typeof FILES)[number];
export type HeaderChoice = "none" | "text" | "location" | FileHeader;

export const isFile = (header: HeaderChoice): header is FileHeader => (FILES as readonly string[]).includes(header);
export type ButtonDraft = Required<NonNullable<TemplateLayout["buttons"]>[number]>;

export interface TemplateDraft {
  channel: string;
  name: string;
  language: string;
  category: "utility" | "marketing";
  header: HeaderChoice;
  headerText: string;
  /** A value of its place; of a file what WhatsApp calls it. */
  headerExample: string;
  headerFile: string | null;
  body: string;
  footer: string;
  buttons: ButtonDraft[];
  examples: Record<string, string>;
}

export const LIMITS = { name: 512, header: 60, body: 1024, footer: 60, buttons: 10, button: 25, url: 2000, phone: 20, code: 15 } as const;
export const ACTS = ["quick_reply", "url", "phone", "copy_code"] as const;
export const LANGUAGES = ["en", "en_US", "en_GB", "hi", "es", "es_MX", "pt_BR", "fr", "id", "ar", "de", "bn", "gu", "kn", "ml", "mr", "pa", "ta", "te", "ur"] as const;

export const emptyDraft = (channel: string): TemplateDraft => ({
  channel,
  name: "",
  language: "en",
  category: "utility",
  header: "none",
  headerText: "",
  headerExample: "",
  headerFile: null,
  body: "",
  footer: "",
  buttons: [],
  examples: {},
});

export const newButton = (act: ButtonDraft["act"]): ButtonDraft => ({ act, text: "", url: "", phone: "", example: "", code: "" });

export function layoutOf(draft: TemplateDraft): TemplateLayout {
  const { header, headerText, headerExample, body, footer, buttons, examples } = draft;
  const places = placesOf(body);
  return {
    body,
    ...(header === "text" ? { header: { format: "text", text: headerText, example: headerExample } } : {}),
    ...(header === "location" ? { header: { format: "location" } } : {}),
    ...(isFile(header) ? { header: { format: header, example: headerExample } } : {}),
    ...(footer.trim() ? { footer } : {}),
    ...(buttons.length ? { buttons } : {}),
    ...(places.length ? { examples: Object.fromEntries(places.map((place) => [place, examples[place] ?? ""])) } : {}),
  };
}

export function bodyOf(draft: TemplateDraft): NewTemplate {
  const { channel, name, language, category } = draft;
  return { channel_id: channel, name: name.trim(), language, category, layout: layoutOf(draft) };
}

/** The examples, as values for the preview. */
export function exampleValues(draft: TemplateDraft): Values {
  const values: Record<string, string> = {};
  if (isFile(draft.header) && draft.headerFile) values["header.link"] = draft.headerFile;
  for (const place of placesOf(draft.headerText)) values[`header.${place}`] = draft.headerExample;
  for (const place of placesOf(draft.body)) values[`body.${place}`] = draft.examples[place] ?? "";
  draft.buttons.forEach((button, at) => (values[`button.${at}`] = button.example));
  return values;
}

export type Faults = Partial<Record<string, string>>;

/** What is missing, before the server is asked; it knows all the rest. */
export function check(draft: TemplateDraft): Faults {
  const faults: Faults = {};
  const need = (field: string, value: string) => {
    if (!value.trim()) faults[field] = t("business.needed");
  };
  need("name", draft.name);
  need("layout.body", draft.body);
  if (isFile(draft.header)) need("layout.header.example", draft.headerExample);
  if (draft.header === "text") need("layout.header.text", draft.headerText);
  return faults;
}

/** What the server said of single fields, by their paths. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof Invalid)) return {};
  return Object.fromEntries(error.facts.fields.map(({ field, detail }) => [field, detail]));
}

/** What can be sent beside words and files: the fields of each kind, and its content as the API takes it; pure. */
import type { TextKey } from "@/lib/i18n";

export type FieldName = "latitude" | "longitude" | "name" | "address" | "phone" | "body" | "buttons" | "button" | "rows" | "display_text" | "url" | "cta" | "flow" | "screen" | "data" | "header" | "footer";
export type Given = Readonly<Partial<Record<FieldName, string>>>;

export interface ContentField {
  name: FieldName;
  label: TextKey;
  help?: TextKey;
  input: "line" | "area" | "number" | "url" | "tel";
  needed: boolean;
  /** Beginnings of the paths by which the server names what is wrong with it. */
  paths: readonly string[];
}

export interface ContentKind {
  kind: string;
  text: TextKey;
  fields: readonly ContentField[];
  content(given: Given): Record<string, unknown>;
}

function field(name: FieldName, label: TextKey, more: Partial<ContentField> = {}): ContentField {
  return { name, label, input: "line", needed: true, paths: [`content.${name}`], ...more };
}

const BODY = field("body", "more.body", { input: "area" });
const FRAME = [field("header", "more.header", { needed: false }), field("footer", "more.footer", { needed: false })];

/** Without what was left empty. */
function some(given: Given, ...names: FieldName[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (given[name]?.trim() ? [[name, given[name].trim()]] : [])));
}

const lines = (text = ""): string[] => text.split("\n").map((line) => line.trim()).filter(Boolean);
const place = (text = ""): number | string => (text.trim() === "" || Number.isNaN(Number(text.replace(",", "."))) ? text : Number(text.replace(",", ".")));

/** `Title | what it is`, each with a number of its own that comes back when it is chosen. */
function rows(text: string | undefined) {
  return lines(text).map((line, at) => {
    const [title = "", ...rest] = line.split("|").map((part) => part.trim());
    return { id: String(at + 1), title, description: rest.join(" | ") };
  });
}

/** What JSON cannot read goes as it stands: the server says what is wrong with it. */
function parsed(text: string | undefined): { data?: unknown } {
  if (!text?.trim()) return {};
  try {
    return { data: JSON.parse(text) as unknown };
  } catch {
    return { data: text };
  }
}

const flowOf = (flow = ""): Record<string, string> => (/^\d+$/.test(flow.trim()) ? { flow_id: flow.trim() } : { flow_name: flow.trim() });

export const CONTENT_KINDS: readonly ContentKind[] = [
  {
    kind: "location",
    text: "more.location",
    fields: [
      field("latitude", "more.latitude", { input: "number" }),
      field("longitude", "more.longitude", { input: "number" }),
      field("name", "more.placeName", { needed: false }),
      field("address", "more.address", { needed: false }),
    ],
    content: (given) => ({ latitude: place(given.latitude), longitude: place(given.longitude), ...some(given, "name", "address") }),
  },
  {
    kind: "contacts",
    text: "more.contacts",
    fields: [
      field("name", "more.person", { paths: ["content.contacts.0.name"] }),
      field("phone", "more.phone", { input: "tel", paths: ["content.contacts"] }),
    ],
    content: (given) => ({ contacts: [{ name: { formatted_name: given.name?.trim() ?? "" }, phones: [{ phone: given.phone?.trim() ?? "" }] }] }),
  },
  {
    kind: "buttons",
    text: "more.buttons",
    fields: [BODY, field("buttons", "more.buttonLines", { help: "more.buttonLinesHelp", input: "area" }), ...FRAME],
    content: (given) => ({ ...some(given, "body", "header", "footer"), buttons: lines(given.buttons).map((title, at) => ({ id: String(at + 1), title })) }),
  },
  {
    kind: "list",
    text: "more.list",
    fields: [
      BODY,
      field("button", "more.listButton", { help: "more.listButtonHelp" }),
      field("rows", "more.rows", { help: "more.rowsHelp", input: "area", paths: ["content.sections"] }),
      ...FRAME,
    ],
    content: (given) => ({ ...some(given, "body", "button", "header", "footer"), sections: [{ rows: rows(given.rows) }] }),
  },
  {
    kind: "cta_url",
    text: "more.ctaUrl",
    fields: [BODY, field("display_text", "more.displayText"), field("url", "more.url", { input: "url" }), ...FRAME],
    content: (given) => some(given, "body", "display_text", "url", "header", "footer"),
  },
  {
    kind: "location_request",
    text: "more.locationRequest",
    fields: [field("body", "more.body", { input: "area", help: "more.locationRequestHelp" })],
    content: (given) => some(given, "body"),
  },
  {
    kind: "flow",
    text: "more.flow",
    fields: [
      field("flow", "more.flowId", { help: "more.flowIdHelp", paths: ["content.flow_id", "content.flow_name"] }),
      BODY,
      field("cta", "more.cta"),
      field("screen", "more.screen", { help: "more.screenHelp", needed: false }),
      field("data", "more.data", { help: "more.dataHelp", input: "area", needed: false }),
      ...FRAME,
    ],
    content: (given) => ({ ...flowOf(given.flow), ...some(given, "body", "cta", "screen", "header", "footer"), ...parsed(given.data) }),
  },
];

export function kindsOf(sends: readonly string[]): readonly ContentKind[] {
  return CONTENT_KINDS.filter(({ kind }) => sends.includes(kind));
}

/** What the server said, by field; what fits none is left. */
export function placed(kind: ContentKind, said: readonly { field: string; detail: string }[]): { faults: Partial<Record<FieldName, string>>; left: string[] } {
  const faults: Partial<Record<FieldName, string>> = {};
  const left: string[] = [];
  for (const one of said) {
    const found = kind.fields.find(({ paths }) => paths.some((path) => one.field === path || one.field.startsWith(`${path}.`)));
    if (found) faults[found.name] ??= one.detail;
    else left.push(`${one.field} ${one.detail}`);
  }
  return { faults, left };
}

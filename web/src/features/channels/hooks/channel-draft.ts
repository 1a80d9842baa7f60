/** The values of the channel form and what is wrong with them; pure. */
import type { Channel, ChannelChange, NewChannel } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";

const FIELDS = [
  "name",
  "phone_number_id",
  "waba_id",
  "access_token",
  "app_secret",
  "verify_token",
  "graph_version",
  "base_url",
] as const;
export type FieldName = (typeof FIELDS)[number];
export type ChannelDraft = Record<FieldName, string>;
export type Faults = Partial<Record<FieldName, string>>;

/** Kept by the server and never sent back, so an empty one means "as it is". */
export const SECRETS: ReadonlySet<FieldName> = new Set(["access_token", "app_secret", "verify_token"]);

const OPTIONAL: ReadonlySet<FieldName> = new Set(["waba_id", "graph_version", "base_url"]);
const DIGITS: ReadonlySet<FieldName> = new Set(["phone_number_id", "waba_id"]);

/** Right as they are for nearly everybody. */
export const ADVANCED: readonly FieldName[] = ["graph_version", "base_url"];

/** What connecting asks for, step by step; the webhook and the test follow once the number is stored. */
export const ASKED = [
  ["name", "phone_number_id", "waba_id"],
  ["access_token", "app_secret", "verify_token", ...ADVANCED],
] as const satisfies readonly (readonly FieldName[])[];

/** The first step that holds one of these faults; null without any. */
export function stepOf(faults: Faults): number | null {
  const step = ASKED.findIndex((names) => names.some((name) => faults[name]));
  return step < 0 ? null : step;
}

export function emptyDraft(): ChannelDraft {
  const blank = Object.fromEntries(FIELDS.map((name) => [name, ""])) as ChannelDraft;
  return { ...blank, verify_token: crypto.randomUUID().replaceAll("-", "") };
}

export function draftOf(channel: Channel): ChannelDraft {
  const blank = Object.fromEntries(FIELDS.map((name) => [name, ""])) as ChannelDraft;
  const { phone_number_id = "", waba_id = "" } = channel.fields;
  return { ...blank, name: channel.name, phone_number_id, waba_id };
}

function fault(name: FieldName, value: string, { editing }: { editing: boolean }): string | null {
  if (!value) return OPTIONAL.has(name) || (editing && SECRETS.has(name)) ? null : t("channelForm.required");
  if (DIGITS.has(name) && !/^\d+$/.test(value)) return t("channelForm.digits");
  if (name === "graph_version" && !/^v\d+\.\d+$/.test(value)) return t("channelForm.version");
  if (name === "base_url" && !/^https?:\/\/\S+$/.test(value)) return t("channelForm.url");
  return null;
}

export function check(draft: ChannelDraft, options: { editing: boolean }): Faults {
  const faults: Faults = {};
  for (const name of FIELDS) {
    const found = fault(name, draft[name].trim(), options);
    if (found) faults[name] = found;
  }
  return faults;
}

/** What the server said about single fields, by the name the form knows. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof Invalid)) return {};
  const faults: Faults = {};
  for (const { field, detail } of error.facts.fields) {
    const name = FIELDS.find((known) => known === field.split(".").at(-1));
    if (name) faults[name] = detail;
  }
  return faults;
}

function filled(draft: ChannelDraft, names: readonly FieldName[]): Partial<ChannelDraft> {
  return Object.fromEntries(names.flatMap((name) => (draft[name].trim() ? [[name, draft[name].trim()]] : [])));
}

export function toNew(draft: ChannelDraft): NewChannel {
  const [name, phone_number_id, access_token, app_secret] = [
    draft.name.trim(),
    draft.phone_number_id.trim(),
    draft.access_token.trim(),
    draft.app_secret.trim(),
  ];
  return { ...filled(draft, FIELDS), provider: "meta", name, phone_number_id, access_token, app_secret };
}

export function toChange(draft: ChannelDraft): ChannelChange {
  return filled(draft, FIELDS.filter((name) => name !== "phone_number_id"));
}

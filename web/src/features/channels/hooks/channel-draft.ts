/** The values of a provider's form and what is wrong with them; pure. The form itself comes from the server. */
import type { Channel, ChannelChange, ChannelProvider, NewChannel, ProviderField } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";

export type ChannelDraft = Readonly<Record<string, string>>;
export type Faults = Readonly<Record<string, string>>;

/** How the team calls the number: every provider's form begins with it. */
const NAME: ProviderField = {
  name: "name",
  label: t("channelForm.name"),
  help: t("channelForm.nameHelp"),
  pattern: "",
  choices: [],
  longest: 80,
  secret: false,
  required: true,
  made: false,
  fixed: false,
  advanced: false,
  accepted: false,
};

/** What says that a risk is taken. */
export const ACCEPTED = "yes";

export function fieldsOf(provider: ChannelProvider): readonly ProviderField[] {
  return [NAME, ...provider.fields];
}

/** What may be changed later. */
export function changeable(provider: ChannelProvider): readonly ProviderField[] {
  return fieldsOf(provider).filter((field) => !field.fixed);
}

/** What connecting asks for, step by step: the number, then what gives access to it. */
export function asked(provider: ChannelProvider): readonly (readonly ProviderField[])[] {
  const access = (field: ProviderField) => field.secret || field.advanced;
  const fields = fieldsOf(provider);
  return [fields.filter((field) => !access(field)), fields.filter(access)];
}

/** The first step that holds one of these faults; null without any. */
export function stepOf(provider: ChannelProvider, faults: Faults): number | null {
  const step = asked(provider).findIndex((fields) => fields.some(({ name }) => faults[name]));
  return step < 0 ? null : step;
}

export function emptyDraft(provider: ChannelProvider): ChannelDraft {
  return Object.fromEntries(fieldsOf(provider).map(({ name, choices }) => [name, choices[0]?.value ?? ""]));
}

export function draftOf(provider: ChannelProvider, channel: Channel): ChannelDraft {
  return { ...emptyDraft(provider), ...channel.fields, name: channel.name };
}

function fault(field: ProviderField, value: string, { editing }: { editing: boolean }): string | null {
  if (field.accepted) return value === ACCEPTED ? null : t("channelForm.accept");
  if (!value) return !field.required || (editing && field.secret) ? null : t("channelForm.required");
  if (field.pattern && !new RegExp(`^(?:${field.pattern})$`).test(value)) return t("channelForm.wrong");
  return value.length > field.longest ? t("channelForm.long", { most: field.longest }) : null;
}

export function check(fields: readonly ProviderField[], draft: ChannelDraft, options: { editing: boolean }): Faults {
  const faults: Record<string, string> = {};
  for (const field of fields) {
    const found = fault(field, (draft[field.name] ?? "").trim(), options);
    if (found) faults[field.name] = found;
  }
  return faults;
}

/** What the server said about single fields, by the name the form knows. */
export function faultsOf(fields: readonly ProviderField[], error: unknown): Faults {
  if (!(error instanceof Invalid)) return {};
  const faults: Record<string, string> = {};
  for (const { field, detail } of error.facts.fields) {
    const known = fields.find(({ name }) => name === field.split(".").at(-1));
    if (known) faults[known.name] = detail;
  }
  return faults;
}

function trimmed(fields: readonly ProviderField[], draft: ChannelDraft): [ProviderField, string][] {
  return fields.map((field) => [field, (draft[field.name] ?? "").trim()]);
}

export function toNew(provider: ChannelProvider, draft: ChannelDraft): NewChannel {
  const given = trimmed(fieldsOf(provider), draft).filter(([, value]) => value);
  const values = Object.fromEntries(given.map(([{ name }, value]) => [name, value]));
  return { ...values, provider: provider.provider } as unknown as NewChannel; // the server's own form
}

/** A secret that stays empty is kept; anything else that is empty is meant so. */
export function toChange(provider: ChannelProvider, draft: ChannelDraft): ChannelChange {
  const given = trimmed(changeable(provider), draft).filter(([field, value]) => value || !(field.secret || field.required));
  return Object.fromEntries(given.map(([{ name }, value]) => [name, value]));
}

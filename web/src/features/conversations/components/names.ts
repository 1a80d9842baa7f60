/** How people and messages are called on screen. */
import { safeName } from "@/components/foreign";
import type { Contact, Conversation, Message } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";

type Named = Pick<Contact, "name" | "identities">;

export function contactName(contact: Named): string {
  return safeName(contact.name, contactPhone(contact) ?? contact.identities[0]?.value ?? t("contact.unknown"));
}

export function contactPhone(contact: Named): string | null {
  return contact.identities.find((identity) => identity.kind === "phone")?.value ?? null;
}

/** Who a preview speaks for; nothing for the customer, whose name stands above it. */
export function previewSender(preview: NonNullable<Conversation["preview"]>): string {
  if (preview.author === "assistant") return t("inbox.ai");
  if (preview.author === "agent") return t("inbox.you");
  return preview.author === "system" ? t("inbox.system") : "";
}

/** The text, or what kind of thing it is when there is no text. */
export function gist(message: { text?: string | null; kind: string; content?: Message["content"] }): string {
  if (message.content?.revoked === true) return t("message.deleted");
  return message.text?.trim() || tWord("kind", message.kind, t("kind.unknown"));
}

/** What a person is asked for, where the newest message is another one: then the row shows both. */
export function saysMoreThanWanted({ preview, match, needs_person_summary }: Conversation): string | null {
  const wants = needs_person_summary?.wants;
  if (!wants || match || !preview) return null;
  const same = !previewSender(preview) && plain(gist(preview)).startsWith(plain(wants));
  return same ? null : wants;
}

/** A summary is cut: it ends in an ellipsis where the message goes on. */
const plain = (text: string) => text.replace(/\s+/g, " ").replace(/…$/, "").trim().toLowerCase();

/** Why a person is asked, as a sentence where the server's word is known. */
export function reasonText(reason: string | null): string {
  if (!reason) return "";
  const rule = /^rule:(.+)$/.exec(reason)?.[1];
  return rule ? t("needs.rule", { name: rule.replaceAll("_", " ") }) : tWord("needs", reason, reason.replaceAll("_", " "));
}

/** The same in two or three words, for the list. */
export function reasonWords(reason: string | null): string {
  if (!reason) return t("inbox.needsPerson");
  return /^rule:(.+)$/.exec(reason)?.[1]?.replaceAll("_", " ") ?? tWord("needsShort", reason, reason.replaceAll("_", " "));
}

/** What a line of the timeline says that nobody sent: who switched the mode, and why; or how urgent it is now. */
export function lineText({ content, member, text }: Message): string {
  if (content?.event === "priority") {
    const priority = tWord("priority", String(content.priority), String(content.priority));
    return member ? t("line.priority.member", { name: member.name, priority }) : t("line.priority", { priority });
  }
  if (content?.event !== "mode") return text || t("author.system");
  const by = member ? "member" : String(content.by);
  const values = { name: member?.name ?? "", reason: reasonText(String(content.reason)) };
  const fallback = content.mode === "human" ? t("line.human", values) : t("line.ai", values);
  return tWord(`line.${content.mode}`, by, fallback, values);
}

/** A colleague by name where the server knows it; a note says that it is one. */
export function authorName({ private: isNote, author, member }: Message): string {
  const name = member && safeName(member.name, t("author.agent"));
  if (isNote) return name ? t("author.noteBy", { name }) : t("author.note");
  return author === "agent" && name ? name : t(`author.${author}`);
}

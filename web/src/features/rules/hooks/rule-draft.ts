/** The values of the rule form and what is wrong with them; pure. */
import type { NewRule, Rule } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";

export type RuleDraft = Pick<Rule, "name" | "match" | "phrases" | "action" | "text" | "texts" | "topic" | "enabled">;
export type Faults = Partial<Record<"name" | "phrases" | "text" | "topic", string>>;

export const LANGUAGES = ["en", "es", "pt", "fr", "hi", "hinglish", "id", "ar"] as const;

export function draftOf(rule: Rule | null): RuleDraft {
  if (!rule) return { name: "", match: "phrase", phrases: [], action: "reply", text: "", texts: {}, topic: null, enabled: true };
  const { name, match, phrases, action, text, texts, topic, enabled } = rule;
  return { name, match, phrases, action, text, texts, topic, enabled };
}

export function check(draft: RuleDraft): Faults {
  const faults: Faults = {};
  if (!draft.name.trim()) faults.name = t("business.needed");
  if (draft.phrases.length === 0) faults.phrases = t("ruleForm.needPhrase");
  const says = [draft.text, ...Object.values(draft.texts)].some((text) => text.trim());
  if (draft.action === "reply" && !says) faults.text = t("ruleForm.needText");
  return faults;
}

/** What the server said about single fields; a phrase is named by its place. */
export function faultsOf(error: unknown, draft: RuleDraft): Faults {
  if (!(error instanceof Invalid)) return {};
  const faults: Faults = {};
  for (const { field, detail } of error.facts.fields) {
    const [name, place] = field.split(".");
    if (name === "phrases") faults.phrases = place ? `${draft.phrases[Number(place)] ?? ""}: ${detail}` : detail;
    else if (name === "name" || name === "topic") faults[name] = detail;
    else if (name === "text" || name === "texts") faults.text = detail;
  }
  return faults;
}

/** As the server takes it, for a new rule and for a change alike; empty texts are none. */
export function bodyOf(draft: RuleDraft): Required<Pick<NewRule, keyof RuleDraft>> {
  const texts = Object.fromEntries(Object.entries(draft.texts).filter(([, text]) => text.trim()));
  return { ...draft, name: draft.name.trim(), texts, topic: draft.topic?.trim() || null };
}

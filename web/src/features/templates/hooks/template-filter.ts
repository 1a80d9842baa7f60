/** What the list of templates can be narrowed to, and how a status is coloured. */
import type { Tone } from "@/components/badge";
import type { Template } from "@/lib/api/types";

export const STATUSES = ["approved", "pending", "rejected", "paused", "disabled"] as const satisfies readonly Template["status"][];
export const CATEGORIES = ["marketing", "utility", "authentication"] as const satisfies readonly Template["category"][];

export interface TemplateFilter {
  channel: string | undefined;
  /** The status: how its review ended. */
  review: (typeof STATUSES)[number] | undefined;
  category: (typeof CATEGORIES)[number] | undefined;
  language: string | undefined;
  q: string | undefined;
}

export interface TemplateSearch extends Partial<TemplateFilter> {
  /** "new", or the one that is open. */
  template?: string | undefined;
}

const TONES: Record<Template["status"], Tone> = {
  approved: "good",
  pending: "plain",
  rejected: "bad",
  paused: "doubtful",
  disabled: "bad",
  deleted: "plain",
  unknown: "doubtful",
};

export const toneOf = (template: Template): Tone => TONES[template.status];

/** Names hold no spaces: words are looked for as they are typed. */
const spelled = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, "_");

export function fits(template: Template, { channel, review, category, language, q }: TemplateFilter): boolean {
  return (
    (!channel || template.channel_ids.includes(channel)) &&
    (!review || template.status === review) &&
    (!category || template.category === category) &&
    (!language || template.language === language) &&
    (!q || template.name.includes(spelled(q)) || template.layout.body.toLowerCase().includes(q.trim().toLowerCase()))
  );
}

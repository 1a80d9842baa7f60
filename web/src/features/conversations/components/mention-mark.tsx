import { AtSign } from "lucide-react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useMyId } from "@/lib/me";

/** A note mentions the reader, who has not seen it. */
export function MentionMark({ row }: { row: Conversation }) {
  const me = useMyId();
  if (!row.mentions.some(({ member_id, seen }) => member_id === me && !seen)) return null;
  return (
    <span role="img" aria-label={t("mention.you")} title={t("mention.you")} data-testid="mentioned" className="inline-flex shrink-0 rounded-full bg-amber-soft p-0.5 text-amber">
      <AtSign size={14} strokeWidth={2.5} aria-hidden />
    </span>
  );
}

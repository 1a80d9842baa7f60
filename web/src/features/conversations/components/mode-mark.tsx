import { Sparkles, UserRound } from "lucide-react";
import type { Mode } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

/** Who answers, as a small picture with a name. */
export function ModeMark({ mode }: { mode: Mode }) {
  const Icon = mode === "ai" ? Sparkles : UserRound;
  return (
    <span
      role="img"
      aria-label={t(`inbox.answeredBy.${mode}`)}
      title={t(`inbox.answeredBy.${mode}`)}
      className={cx("inline-flex shrink-0", mode === "ai" ? "text-accent" : "text-muted")}
    >
      <Icon size={14} aria-hidden />
    </span>
  );
}

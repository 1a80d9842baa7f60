import { ChevronDown, ChevronsUp, ChevronUp, CircleAlert, Minus } from "lucide-react";
import type { Priority } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const ICONS = { urgent: CircleAlert, high: ChevronsUp, medium: ChevronUp, low: ChevronDown, none: Minus } as const;
const TONES: Record<Priority, string> = {
  urgent: "text-danger",
  high: "text-amber",
  medium: "text-text",
  low: "text-muted",
  none: "text-muted",
};

/** Its shape says it; the colour only repeats it. */
export function PriorityIcon({ priority, size = 16 }: { priority: Priority; size?: number }) {
  const Icon = ICONS[priority];
  return <Icon size={size} strokeWidth={priority === "urgent" ? 2.5 : 2} aria-hidden className={`shrink-0 ${TONES[priority]}`} />;
}

/** In a row of the list; nothing where nobody said anything. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === "none") return null;
  const label = t("priority.is", { priority: t(`priority.${priority}`) });
  return (
    <span role="img" aria-label={label} title={label} data-testid="priority" data-priority={priority} className="inline-flex shrink-0 self-center">
      <PriorityIcon priority={priority} />
    </span>
  );
}

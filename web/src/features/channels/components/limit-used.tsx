import type { Channel } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";

/** How much of what the provider allows the account in 24 hours is used, over all its numbers. */
export function LimitUsed({ limit }: { limit: NonNullable<Channel["account_limit"]> }) {
  const full = limit.used >= limit.daily;
  return (
    <p className={cx("text-small", full ? "text-danger" : "text-muted")}>
      {t(full ? "channels.limitFull" : "channels.limitUsed", {
        used: formatNumber(limit.used),
        daily: formatNumber(limit.daily),
      })}
    </p>
  );
}

import { Badge, type Tone } from "@/components/badge";
import type { Verdict } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const TONES: Record<Verdict, Tone> = {
  accepted: "good",
  duplicate: "plain",
  failed: "bad",
  unparsable: "bad",
  unrouted: "doubtful",
  forged: "bad",
};

/** What became of a webhook; one that was taken in is processed when nothing of it waits. */
export function VerdictBadge({ verdict, waiting }: { verdict: Verdict; waiting: number }) {
  if (verdict === "accepted" && waiting > 0) return <Badge tone="doubtful" text={t("webhooks.verdict.waiting")} />;
  return <Badge tone={TONES[verdict]} text={t(`webhooks.verdict.${verdict}`)} />;
}

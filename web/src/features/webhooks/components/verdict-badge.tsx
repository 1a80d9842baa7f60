import { Badge, type Tone } from "@/components/badge";
import type { Verdict } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const TONES: Record<Verdict, Tone> = {
  accepted: "good",
  failed: "bad",
  unparsable: "bad",
  unrouted: "doubtful",
  forged: "bad",
};

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return <Badge tone={TONES[verdict]} text={t(`webhooks.verdict.${verdict}`)} />;
}

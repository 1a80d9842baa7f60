/** What the door or the pipeline made of a webhook, and which of these can be driven again. */
import type { RedriveFilter, Verdict } from "@/lib/api/types";

export const VERDICTS = ["accepted", "duplicate", "failed", "unparsable", "unrouted", "forged"] as const satisfies readonly Verdict[];

const DRIVEN = ["failed", "unparsable", "unrouted"] as const satisfies readonly RedriveFilter["verdict"][];

/** The verdict where all that have it may be driven again in one go. */
export function drivenTogether(verdict: Verdict | undefined): RedriveFilter["verdict"] | null {
  return DRIVEN.find((one) => one === verdict) ?? null;
}

export interface DeliveryFilter {
  verdict: Verdict | undefined;
  channel: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

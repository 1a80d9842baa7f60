import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { applyPhoneEvent } from "../hooks/phone-cache";
import { phoneCall } from "./phone-client";
import type { PhoneMessage } from "./phone-shapes";

/** What a customer can send, as the emulator names it. */
export interface CustomerDraft {
  kind: string;
  content?: Record<string, unknown>;
  reply_to?: string;
  /** Came by an advertisement; what is left out is made up. */
  referral?: Record<string, unknown>;
}

export function useSendAsCustomer(access: PhoneAccess, customerId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CustomerDraft) =>
      phoneCall<PhoneMessage>(access, `/customers/${customerId}/messages`, { method: "POST", body }),
    onSuccess: (message) => applyPhoneEvent(cache, access.channel_id, { type: "message", message }),
  });
}

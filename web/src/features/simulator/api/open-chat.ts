import { useMutation } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";

/** The customer looks at the chat: what was new gets its blue ticks. */
export function useOpenChat(access: PhoneAccess, customerId: number) {
  return useMutation({
    mutationFn: () => phoneCall<{ read: number }>(access, `/customers/${customerId}/read`, { method: "POST" }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { phoneCall } from "./phone-client";
import { type PhoneAccess, phoneKeys } from "./phone-shapes";

/** Empties one customer's phone; the inbox keeps its side. */
export function useClearChat(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (customerId: number) => phoneCall(access, `/customers/${customerId}/clear`, { method: "POST" }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).all }),
  });
}

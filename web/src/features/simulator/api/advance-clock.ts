import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type PhoneAccess, phoneKeys } from "./phone-shapes";
import { phoneCall } from "./phone-client";

export function useAdvanceClock(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (advance_seconds: number) => phoneCall(access, "/clock?windows=1", { method: "POST", body: { advance_seconds } }),
    onSuccess: (clock) => cache.setQueryData(phoneKeys(access.channel_id).clock, clock),
  });
}

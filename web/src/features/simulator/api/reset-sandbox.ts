import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import { phoneKeys } from "./phone-shapes";

export function useResetSandbox(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => phoneCall(access, "/reset", { method: "POST" }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).all }),
  });
}

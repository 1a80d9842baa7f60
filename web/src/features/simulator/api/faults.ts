import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import { phoneKeys } from "./phone-shapes";

type Faults = Record<string, boolean>;

export function useFaults(access: PhoneAccess) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).faults,
    queryFn: ({ signal }) => phoneCall<Faults>(access, "/faults", { signal }),
  });
}

/** Switches one failure of the emulator on or off. */
export function useSetFault(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: Faults) => phoneCall<Faults>(access, "/faults", { method: "POST", body: change }),
    onSuccess: (states) => cache.setQueryData(phoneKeys(access.channel_id).faults, states),
  });
}

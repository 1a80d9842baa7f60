import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { SandboxAccess } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";
import type { PhoneAccess } from "./phone-shapes";

const EARLY_MS = 60_000;
const LONGEST_MS = 30 * 60_000;

/** Passes to the emulator, one for each sandbox number; new ones are fetched a minute before these end. */
export function useSandboxAccess() {
  return useQuery({
    queryKey: keys.sandbox,
    queryFn: ({ signal }): Promise<SandboxAccess> => call(api.GET("/api/v1/sandbox", { signal })),
    select: ({ base, numbers }): PhoneAccess[] =>
      numbers.map(({ token, channel_id, name, display_phone_number: number }) => ({ base, token, channel_id, business: name, number })),
    refetchInterval: ({ state }) => {
      if (!state.data?.expires_at) return false;
      const left = Date.parse(state.data.expires_at) - Date.now() - EARLY_MS;
      return Math.min(Math.max(left, 5_000), LONGEST_MS);
    },
  });
}

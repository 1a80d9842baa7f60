import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { Tenant } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useTenant() {
  return useQuery({
    queryKey: keys.tenant,
    queryFn: ({ signal }): Promise<Tenant> => call(api.GET("/api/v1/tenant", { signal })),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { TenantChange } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useChangeTenant() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: TenantChange) => call(api.PATCH("/api/v1/tenant", { body })),
    onSuccess: (tenant) => {
      cache.setQueryData(keys.tenant, tenant);
      void cache.invalidateQueries({ queryKey: keys.me }); // it carries the name
    },
  });
}

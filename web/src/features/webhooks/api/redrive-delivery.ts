import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

/** Through today's parser again; what was handled before changes nothing. */
export function useRedriveDelivery(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/v1/deliveries/{delivery_id}/redrive", { params: { path: { delivery_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}

import { useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { DeliveryDetail } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** One webhook with its body. */
export function useDelivery(id: string) {
  return useQuery({
    queryKey: keys.delivery(id),
    queryFn: ({ signal }): Promise<DeliveryDetail> =>
      call(api.GET("/api/v1/deliveries/{delivery_id}", { params: { path: { delivery_id: id } }, signal })),
    staleTime: 0,
  });
}

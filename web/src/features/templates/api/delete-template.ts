import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { keys } from "@/lib/query-keys";

export function useDeleteTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      call(api.DELETE("/api/v1/templates/{template_id}", { params: { path: { template_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.allTemplates }),
  });
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { NewTemplate } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

export function useCreateTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTemplate) => call(api.POST("/api/v1/templates", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.allTemplates }),
  });
}

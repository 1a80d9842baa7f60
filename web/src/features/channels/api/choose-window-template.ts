import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import type { TemplateChoice } from "@/lib/api/types";
import { keys } from "@/lib/query-keys";

/** What automations send in a closed window; null: they are held. */
export function useChooseWindowTemplate(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (template: TemplateChoice | null) =>
      call(api.PUT("/api/v1/channels/{channel_id}/window-template", { params: { path: { channel_id: id } }, body: { template } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}

import { useMutation, useQuery } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { dataUrl } from "@/lib/data-url";
import { keys } from "@/lib/query-keys";

function fetched(message: string, signal?: AbortSignal): Promise<Blob> {
  return call(api.GET("/api/v1/messages/{message_id}/file", { params: { path: { message_id: message } }, parseAs: "blob", signal }));
}

/** The file of a message as an address that holds it; once here it never changes. */
export function useFileUrl(messageId: string, { wanted }: { wanted: boolean }) {
  return useQuery({
    queryKey: keys.file(messageId),
    queryFn: async ({ signal }) => dataUrl(await fetched(messageId, signal)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Its bytes, to be kept outside of this page. */
export function useTakeFile(messageId: string) {
  return useMutation({ mutationFn: () => fetched(messageId) });
}

import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

/** Has the server fetch a file from its provider once more; the live stream says what came of it. */
export function useFetchFile(messageId: string) {
  return useMutation({
    mutationFn: () => call(api.POST("/api/v1/messages/{message_id}/file", { params: { path: { message_id: messageId } } })),
  });
}

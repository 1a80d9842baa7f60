import { api, call } from "@/lib/api-client";
import type { Message } from "@/lib/api/types";

interface NewMessage {
  conversation_id: string;
  client_id: string;
  text: string;
  private: boolean;
}

/** The client id is the idempotency key: the same one sent twice is one message. */
export function sendMessage({ conversation_id, ...body }: NewMessage): Promise<Message> {
  return call(
    api.POST("/api/v1/conversations/{conversation_id}/messages", { params: { path: { conversation_id } }, body }),
  );
}

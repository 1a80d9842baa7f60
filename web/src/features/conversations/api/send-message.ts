import { api, call } from "@/lib/api-client";
import type { Message, NewMessage } from "@/lib/api/types";

interface Addressed {
  conversation_id: string;
  client_id: string;
}
interface NewText extends Addressed {
  text: string;
  private: boolean;
  /** Members whom a note calls in. */
  mentions: string[];
}
/** A template by its name, with a value for each of its slots. */
export interface NewTemplateMessage extends Addressed {
  kind: "template";
  content: { name: string; language: string; values: Record<string, string> };
}

/** Anything else by its kind, with what belongs to it. */
export interface NewContentMessage extends Addressed {
  kind: string;
  content: Record<string, unknown>;
}

/** The client id is the idempotency key: the same one sent twice is one message. */
export function sendMessage({ conversation_id, ...body }: NewText | NewTemplateMessage | NewContentMessage): Promise<Message> {
  return call(
    api.POST("/api/v1/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id } },
      body: body as NewMessage, // what was filled in is judged by the server, which knows each provider's limits
    }),
  );
}

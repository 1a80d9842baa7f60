/** What the emulator's phone speaks of, and the names of cached answers. Not part of our OpenAPI. */

type PhoneState = "sent" | "delivered" | "read" | "failed";

/** Where the emulator is, and the pass that opens one number's customers. */
export interface PhoneAccess {
  base: string;
  token: string;
  channel_id: string;
  business: string;
  /** Of the business; empty where it has none to show. */
  number: string;
}

export interface PhoneMessage {
  id: number;
  wamid: string;
  customer_id: number;
  /** Seen from the business: "in" is what the customer wrote. */
  direction: "in" | "out" | "echo";
  kind: string;
  text: string | null;
  content: Record<string, unknown>;
  state: PhoneState;
  error_code: number | null;
  reply_to: string | null;
  at_ms: number;
}

export interface Customer {
  id: number;
  name: string;
  phone: string | null;
  bsuid: string;
  typing: boolean;
  typing_until_ms: number;
  unread: number;
  /** They want no marketing any more. */
  offers_stopped: boolean;
  /** They blocked the business. */
  blocked: boolean;
  last_message: PhoneMessage | null;
}

export interface CustomerPage {
  items: Customer[];
  cursor: number;
}

export type PhoneEvent =
  | { type: "message"; message: PhoneMessage }
  | { type: "customer"; customer: Customer }
  | { type: "number" };

/** Names of cached answers, apart for each number. */
export const phoneKeys = (channelId: string) => ({
  all: ["phone", channelId] as const,
  customers: ["phone", channelId, "customers"] as const,
  messages: (customerId: number) => ["phone", channelId, "messages", customerId] as const,
  faults: ["phone", channelId, "faults"] as const,
  clock: ["phone", channelId, "clock"] as const,
  policy: ["phone", channelId, "policy"] as const,
  templates: ["phone", channelId, "templates"] as const,
  media: (id: string) => ["media of phone", channelId, id] as const, // apart: a file never changes
});

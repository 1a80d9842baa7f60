/** Names of cached answers: features read them, realtime.ts updates them. */
import type { ConversationStatus, Mode, Priority } from "./api/types";

/** `active` is what somebody still has to do with: open or pending. */
export type StatusFilter = ConversationStatus | "active";

export interface ConversationFilter {
  mode?: Mode;
  status?: StatusFilter;
  /** A member's id, or "none". */
  assignee?: string;
  label_id?: string;
  priority?: Priority;
  /** A member's id, in notes of it. */
  mentioned?: string;
  q?: string;
  /** Those that need a person before the others, each by latest activity. */
  order?: "needs_person" | undefined;
}

export type CountsFilter = Pick<ConversationFilter, "status" | "label_id" | "priority">;

export const keys = {
  me: ["me"] as const,
  file: (message: string) => ["file", message] as const,
  channels: ["channels"] as const,
  alerts: (subject: string) => ["alerts", subject] as const,
  openAlerts: (subject: string) => ["alerts", subject, "open"] as const,
  pastAlerts: (subject: string) => ["alerts", subject, "past"] as const,
  connection: (channel: string) => ["connection", channel] as const,
  pairing: (channel: string) => ["pairing", channel] as const,
  channelProviders: ["channel-providers"] as const,
  sandbox: ["sandbox"] as const,
  scenarios: ["scenarios"] as const,
  tenant: ["tenant"] as const,
  sources: ["knowledge", "sources"] as const,
  passages: (source: string) => ["knowledge", "passages", source] as const,
  around: (place: object | null) => ["knowledge", "around", place] as const,
  demo: ["demo"] as const,
  members: ["members"] as const,
  apiKeys: ["api-keys"] as const,
  audit: ["audit"] as const,
  deliveryLists: ["deliveries", "list"] as const,
  deliveryList: (filter: object) => ["deliveries", "list", filter] as const,
  delivery: (id: string) => ["deliveries", "one", id] as const,
  logs: ["log"] as const,
  log: (filter: object) => ["log", filter] as const,
  allTemplates: ["templates"] as const,
  templates: (channel: string | undefined) => ["templates", channel ?? "all"] as const,
  templateChannels: ["templates", "channels"] as const,
  templateContacts: ["template contacts"] as const,
  rules: ["rules"] as const,
  ruleTrial: (texts: readonly string[], asOf: number) => ["rule trial", texts, asOf] as const,
  conversationLists: ["conversations", "list"] as const,
  conversationList: (filter: ConversationFilter) => ["conversations", "list", filter] as const,
  counts: (filter: CountsFilter) => ["counts", filter] as const,
  allCounts: ["counts"] as const,
  team: ["team"] as const,
  labels: ["labels"] as const,
  canned: ["canned replies"] as const,
  contact: (id: string) => ["contact", id] as const,
  merges: (id: string) => ["contact", id, "merges"] as const,
  contactSearch: (words: string) => ["contacts", words] as const,
  consents: (id: string) => ["contact", id, "consents"] as const,
  conversation: (id: string) => ["conversations", "one", id] as const,
  messages: (conversationId: string) => ["conversations", "messages", conversationId] as const,
  typing: (conversationId: string) => ["conversations", "typing", conversationId] as const,
  presences: ["presence"] as const,
  presence: (conversationId: string) => ["presence", conversationId] as const,
  allWrongAnswers: ["wrong answers"] as const,
  wrongAnswers: (settled: boolean) => ["wrong answers", settled] as const,
  trace: (messageId: string) => ["trace", messageId] as const,
};

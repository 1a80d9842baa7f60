/** Who is signed in, for whom, and what the role allows. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, call } from "./api-client";
import type { Me } from "./api/types";
import { keys } from "./query-keys";

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }): Promise<Me> => call(api.GET("/api/v1/me", { signal })),
  staleTime: 5 * 60_000,
});

/** What a screen asks for -> the permission the server checks. */
const PERMISSION = {
  seeInbox: "inbox:read",
  reply: "inbox:write",
  takeOver: "inbox:write",
  care: "inbox:write",
  seeContacts: "contacts:read",
  changeContacts: "contacts:write",
  seeChannels: "channels:read",
  changeChannels: "channels:write",
  seeKnowledge: "knowledge:read",
  changeKnowledge: "knowledge:write",
  seeTenant: "tenant:read",
  changeTenant: "tenant:write",
  seeRules: "rules:read",
  changeRules: "rules:write",
  seeMembers: "members:read",
  changeMembers: "members:write",
  seeKeys: "api_keys:read",
  changeKeys: "api_keys:write",
  seeAudit: "audit:read",
  seeAlerts: "alerts:read",
  changeAlerts: "alerts:write",
  seeJournal: "journal:read",
  driveJournal: "journal:write",
  seeLog: "inbox:read",
} as const;
export type Action = keyof typeof PERMISSION;

/** Screens hide what a role may not use; the server decides again on every request. */
export function useCan(): (action: Action) => boolean {
  const me = useQuery(meQuery).data;
  return (action) => me?.permissions.includes(PERMISSION[action]) ?? false;
}

export function useMyId(): string | null {
  return useQuery(meQuery).data?.member?.id ?? null;
}

/** Whether a language model puts answers here, and reads what is left for the AI. */
export function useModels(): boolean {
  return useQuery(meQuery).data?.models ?? false;
}

/** Whether providers reach this installation, as far as its settings say. */
export function useReachable(): boolean {
  return useQuery(meQuery).data?.public ?? false;
}

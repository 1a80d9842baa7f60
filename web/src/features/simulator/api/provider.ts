/** What the provider allows: tiers, quality, templates; set here, told by its webhooks. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { phoneCall } from "./phone-client";
import { type PhoneAccess, phoneKeys } from "./phone-shapes";

export interface ProviderPolicy {
  /** People that the account may write to first within a day; null: any number. */
  tier: number | null;
  used: number;
  quality: "GREEN" | "YELLOW" | "RED";
  marketing_cap: number | null;
  pacing: number | null;
  /** Messages that the number sends in a second. */
  per_second: number | null;
  /** To one person 45 at once, then one in six seconds. */
  pair_rate: boolean;
}

export interface PhoneTemplate {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  quality_score: { score: string };
}

type PolicyChange = Partial<Omit<ProviderPolicy, "used">>;
type Decision = Partial<Record<"status" | "quality" | "category", string>>;

export function useProviderPolicy(access: PhoneAccess) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).policy,
    queryFn: ({ signal }) => phoneCall<ProviderPolicy>(access, "/policy", { signal }),
  });
}

export function useSetPolicy(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: PolicyChange) => phoneCall<ProviderPolicy>(access, "/policy", { method: "POST", body }),
    onSuccess: (policy) => cache.setQueryData(phoneKeys(access.channel_id).policy, policy),
  });
}

export function usePhoneTemplates(access: PhoneAccess) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).templates,
    queryFn: ({ signal }) => phoneCall<{ items: PhoneTemplate[] }>(access, "/templates", { signal }),
  });
}

export function useDecide(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Decision & { id: string }) => phoneCall(access, `/templates/${id}`, { method: "POST", body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).templates }),
  });
}

/** One customer blocks the business, or does no more. */
export function useBlock(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, blocked }: { id: number; blocked: boolean }) =>
      phoneCall(access, `/customers/${id}/block`, { method: "POST", body: { blocked } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).customers }),
  });
}

/** One customer's wish to get no marketing any more, or to get it again. */
export function useStopOffers(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, stop }: { id: number; stop: boolean }) =>
      phoneCall(access, `/customers/${id}/offers`, { method: "POST", body: { stop } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).customers }),
  });
}

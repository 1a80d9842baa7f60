import { useQuery } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import { phoneKeys, type PhoneMessage } from "./phone-shapes";

interface Page {
  items: PhoneMessage[];
  next_cursor: number | null;
}

async function all(access: PhoneAccess, customerId: number, signal: AbortSignal): Promise<PhoneMessage[]> {
  const found: PhoneMessage[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Page = await phoneCall<Page>(access, `/customers/${customerId}/messages?after=${after}`, { signal });
    found.push(...page.items);
    after = page.next_cursor;
  }
  return found;
}

/** One customer's chat, oldest first. */
export function usePhoneMessages(access: PhoneAccess, customerId: number) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).messages(customerId),
    queryFn: ({ signal }) => all(access, customerId, signal),
  });
}

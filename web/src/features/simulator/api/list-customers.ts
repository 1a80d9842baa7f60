import { useQuery } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import { type CustomerPage, phoneKeys } from "./phone-shapes";

export function useCustomers(access: PhoneAccess) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).customers,
    queryFn: ({ signal }) => phoneCall<CustomerPage>(access, "/customers", { signal }),
  });
}

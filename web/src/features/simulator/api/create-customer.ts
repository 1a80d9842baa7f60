import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import { type Customer, phoneKeys } from "./phone-shapes";

interface NewCustomer {
  name: string;
  phone: string | null;
}

export function useCreateCustomer(access: PhoneAccess) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCustomer) => phoneCall<Customer>(access, "/customers", { method: "POST", body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: phoneKeys(access.channel_id).customers }),
  });
}

import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { signIn } from "@/lib/session";

/** Exchanges a one-time link's token for a session; works once. */
export function useRedeemLink() {
  return useMutation({
    mutationFn: (token: string) => call(api.POST("/api/v1/auth/link", { body: { token } })),
    onSuccess: (answer) => signIn(answer.access_token),
  });
}

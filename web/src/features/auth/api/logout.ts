import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { signOut } from "@/lib/session";

/** Revokes the session; this browser forgets it even when the server cannot be reached. */
export function useLogout() {
  return useMutation({
    mutationFn: () => call(api.POST("/api/v1/auth/logout")),
    onSettled: () => signOut({ forget: true }),
  });
}

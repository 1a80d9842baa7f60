import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";

interface PasswordChange {
  current_password: string | null;
  new_password: string;
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: PasswordChange) => call(api.POST("/api/v1/auth/password", { body })),
  });
}

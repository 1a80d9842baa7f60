import { useMutation } from "@tanstack/react-query";
import { api, call } from "@/lib/api-client";
import { signIn } from "@/lib/session";

export interface Credentials {
  email: string;
  password: string;
}

export function useLogin() {
  return useMutation({
    mutationFn: (body: Credentials) => call(api.POST("/api/v1/auth/login", { body })),
    onSuccess: (answer) => signIn(answer.access_token),
  });
}

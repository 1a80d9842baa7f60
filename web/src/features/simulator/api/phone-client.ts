/** The door of the emulator's phone: its own pass, the same typed errors. */
import { readProblem } from "@/lib/api-client";
import type { PhoneAccess } from "./phone-shapes";
import { NetworkError, toApiError } from "@/lib/errors";

interface PhoneRequest {
  method?: "GET" | "POST";
  body?: unknown;
  signal?: AbortSignal;
}

/** What the emulator answered; every refusal and silence is thrown as one of lib/errors. */
async function ask(access: PhoneAccess, path: string, { method = "GET", body, signal }: PhoneRequest): Promise<Response> {
  const response = await fetch(`${access.base}/phone${path}`, {
    method,
    signal,
    headers: {
      Authorization: `Bearer ${access.token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NetworkError("The simulator did not answer.", { cause: error });
  });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  throw toApiError(readProblem(problem, response));
}

export async function phoneCall<Data>(access: PhoneAccess, path: string, request: PhoneRequest = {}): Promise<Data> {
  const response = await ask(access, path, request);
  return (await response.json().catch(() => null)) as Data;
}

export async function phoneFile(access: PhoneAccess, path: string, signal: AbortSignal): Promise<Blob> {
  const response = await ask(access, path, { signal });
  return response.blob();
}

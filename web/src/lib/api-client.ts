/** One door to the server: adds the token, turns problem+json into typed errors, ends the session on 401. */
import createClient from "openapi-fetch";
import type { paths } from "./api/generated";
import { type FieldFault, NetworkError, type ProblemFacts, SignedOut, toApiError } from "./errors";
import { session, signOut } from "./session";

export const api = createClient<paths>({ baseUrl: window.location.origin });

api.use({
  onRequest({ request }) {
    const token = session.get();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; every other outcome is thrown as one of lib/errors. */
export async function call<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  const sentAs = session.get();
  const answer = await request.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NetworkError("The server did not answer.", { cause: error });
  });
  if (answer.response.ok) return answer.data as Data;
  const failure = toApiError(readProblem(answer.error, answer.response));
  // Only the token that was refused is dropped: a slow old answer must not end a newer session.
  if (failure instanceof SignedOut && sentAs && sentAs === session.get()) signOut({ forget: false });
  throw failure;
}

export function readProblem(body: unknown, response: Response): ProblemFacts {
  const problem = isRecord(body) ? body : {};
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return {
    status: response.status,
    code: text(problem.code) ?? `http_${response.status}`,
    title: text(problem.title) ?? (response.statusText || `HTTP ${response.status}`),
    detail: text(problem.detail),
    fields: Array.isArray(problem.errors) ? problem.errors.flatMap(readFault) : [],
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
  };
}

function readFault(value: unknown): FieldFault[] {
  if (!isRecord(value)) return [];
  const place = value.field ?? value.loc;
  const field = Array.isArray(place) ? place.filter((part) => part !== "body").join(".") : text(place);
  return [{ field: field ?? "", detail: text(value.detail) ?? text(value.msg) ?? "" }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

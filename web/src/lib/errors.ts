/** The closed set of what can go wrong with a request; screens choose words by class, never by status number. */

export interface FieldFault {
  field: string;
  detail: string;
}

export interface ProblemFacts {
  status: number;
  code: string;
  title: string;
  detail: string | null;
  fields: FieldFault[];
  retryAfter: number | null;
}

export class ApiError extends Error {
  constructor(readonly facts: ProblemFacts) {
    super(facts.detail ?? facts.title);
    this.name = new.target.name;
  }
  get code(): string {
    return this.facts.code;
  }
}
export class SignedOut extends ApiError {}
export class Forbidden extends ApiError {}
export class NotFound extends ApiError {}
export class Conflict extends ApiError {}
export class Invalid extends ApiError {}
export class Throttled extends ApiError {}
export class ServerFault extends ApiError {}

/** No answer came: the request may or may not have arrived. */
export class NetworkError extends Error {
  override name = "NetworkError";
}

type ApiErrorClass = new (facts: ProblemFacts) => ApiError;

const BY_STATUS: Record<number, ApiErrorClass> = {
  400: Invalid,
  401: SignedOut,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  413: Invalid,
  422: Invalid,
  423: Throttled,
  429: Throttled,
};

export function toApiError(facts: ProblemFacts): ApiError {
  const Known = BY_STATUS[facts.status] ?? (facts.status >= 500 ? ServerFault : ApiError);
  return new Known(facts);
}

/** True when trying the same request again may help. */
export function isTransient(error: unknown): boolean {
  return error instanceof NetworkError || error instanceof ServerFault || error instanceof Throttled;
}

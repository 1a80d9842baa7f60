/** Says in one sentence, to the person at the screen, why a request failed. */
import { ApiError, NetworkError, ServerFault, Throttled } from "./errors";
import { t } from "./i18n";

export function explain(error: unknown): string {
  if (error instanceof Throttled) {
    const seconds = error.facts.retryAfter;
    return seconds ? t("error.throttled", { seconds }) : t("error.throttledSoon");
  }
  if (error instanceof ServerFault) return t("error.server");
  if (error instanceof ApiError) return error.facts.detail ?? error.facts.title;
  if (error instanceof NetworkError) return t("error.network");
  return t("error.body");
}

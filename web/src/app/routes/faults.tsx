import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Button } from "@/components/button";
import { EmptyState } from "@/components/notice";
import { Forbidden, NotFound } from "@/lib/errors";
import { t } from "@/lib/i18n";

function NotFoundPage() {
  return (
    <EmptyState page title={t("notFound.title")} body={t("notFound.body")}>
      <Link to="/inbox" className="target inline-flex items-center rounded-card bg-accent px-3 text-on-accent">
        {t("notFound.home")}
      </Link>
    </EmptyState>
  );
}

/** An address outside every screen stands without the frame. */
export function NowherePage() {
  return (
    <main className="flex h-full">
      <NotFoundPage />
    </main>
  );
}

export function ForbiddenPage({ tenant }: { tenant: string }) {
  return <EmptyState page title={t("forbidden.title")} body={t("forbidden.body", { tenant })} />;
}

/** The last resort of a route: says what it can, keeps the frame around it alive. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof NotFound) return <NotFoundPage />;
  if (error instanceof Forbidden) return <ForbiddenPage tenant={t("app.name")} />;
  return (
    <EmptyState page title={t("error.title")} body={t("error.body")}>
      <Button look="primary" onClick={reset}>
        {t("action.retry")}
      </Button>
      <Button onClick={() => window.location.reload()}>{t("error.reload")}</Button>
    </EmptyState>
  );
}

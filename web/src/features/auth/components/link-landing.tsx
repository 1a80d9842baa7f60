import { Button } from "@/components/button";
import { ApiError, Throttled } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useRedeemLink } from "../api/redeem-link";

/** A press, not the visit, spends the link: previews and scanners open links too. */
export function LinkLanding({ token, onPassword }: { token: string; onPassword(): void }) {
  const redeem = useRedeemLink();
  const spent = redeem.error instanceof ApiError && !(redeem.error instanceof Throttled) && redeem.error.facts.status < 500;
  return (
    <div className="flex flex-col gap-4">
      {redeem.error ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {spent ? t("signIn.link.used") : explain(redeem.error)}
        </p>
      ) : (
        <p className="text-muted">{t("signIn.link.body")}</p>
      )}
      {spent ? null : (
        <Button look="primary" className="h-10" autoFocus busy={redeem.isPending} onClick={() => redeem.mutate(token)}>
          {t("signIn.link.submit")}
        </Button>
      )}
      <Button onClick={onPassword}>{t("signIn.link.other")}</Button>
    </div>
  );
}

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Foreign } from "@/components/foreign";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { ApiKey, Permission } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useApiKeys } from "../api/list-api-keys";
import { useRevokeApiKey } from "../api/revoke-api-key";
import { KeyDialog } from "./key-dialog";
import { scopeText } from "./scopes";

interface ListProps {
  /** What the person at the screen may do: a key can do no more. */
  permissions: readonly Permission[];
  creating: boolean;
  onCreate(open: boolean): void;
}

/** Keys for programs. A key is shown once; revoking works at once and for good. */
export function KeyList({ permissions, creating, onCreate }: ListProps) {
  const found = useApiKeys();
  const revoke = useRevokeApiKey();
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  if (found.isError && !found.data) {
    return <InlineError title={t("apiKeys.failed")} error={found.error} retry={() => void found.refetch()} />;
  }
  const create = (
    <Button look="primary" onClick={() => onCreate(true)}>
      <KeyRound size={16} aria-hidden />
      {t("apiKeys.create")}
    </Button>
  );

  function confirm() {
    if (!revoking) return;
    revoke.mutate(revoking.id, {
      onSuccess: () => notify(t("apiKeys.revokedNow", { name: revoking.name })),
      onError: (error) => notifyFailure(explain(error)),
      onSettled: () => setRevoking(null),
    });
  }

  return (
    <div className="flex flex-col gap-4">
      {found.data?.length === 0 ? (
        <div className="flex rounded-card border border-dashed border-control">
          <EmptyState title={t("apiKeys.empty.title")} body={t("apiKeys.empty.body")}>
            {create}
          </EmptyState>
        </div>
      ) : (
        <div className="flex justify-end">{create}</div>
      )}
      {found.isPending ? <Skeleton rows={3} className="h-20 py-1" /> : null}
      {found.data?.length ? (
        <ul className="rounded-card border border-line">
          {found.data.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </ul>
      ) : null}
      <KeyDialog open={creating} permissions={permissions} onClose={() => onCreate(false)} />
      <Confirm
        open={revoking !== null}
        title={t("apiKeys.revoke.title", { name: revoking?.name ?? "" })}
        body={t("apiKeys.revoke.body")}
        deed={t("apiKeys.revoke")}
        busy={revoke.isPending}
        onConfirm={confirm}
        onClose={() => setRevoking(null)}
      />
    </div>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke(): void }) {
  return (
    <li data-testid="api-key" className="flex flex-wrap items-center gap-3 border-b border-line px-3 py-3 last:border-0">
      <div className="min-w-48 flex-1">
        <p className={cx("flex flex-wrap items-center gap-x-2 font-medium", apiKey.revoked_at && "text-muted")}>
          <Foreign text={apiKey.name} />
          <code className="rounded bg-surface px-1.5 text-small font-normal text-muted">{apiKey.prefix}…</code>
        </p>
        <p className="text-small text-muted">{scopeText(apiKey.scopes)}</p>
        <p className="text-small text-muted">{lifeOf(apiKey)}</p>
      </div>
      {apiKey.revoked_at ? null : (
        <Button look="danger" aria-label={t("apiKeys.revokeNamed", { name: apiKey.name })} onClick={onRevoke}>
          {t("apiKeys.revoke")}
        </Button>
      )}
    </li>
  );
}

function lifeOf({ revoked_at, expires_at, last_used_at, created_at }: ApiKey): string {
  if (revoked_at) return t("apiKeys.revoked", { time: formatFull(revoked_at) });
  const used = last_used_at ? t("apiKeys.used", { time: formatFull(last_used_at) }) : t("apiKeys.unused", { time: formatFull(created_at) });
  if (!expires_at) return used;
  const ends = Date.parse(expires_at) < Date.now() ? "apiKeys.ended" : "apiKeys.ends";
  return `${used} · ${t(ends, { time: formatFull(expires_at) })}`;
}

import { useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ChangeEvent, useRef } from "react";
import { IconButton } from "@/components/button";
import { Foreign } from "@/components/foreign";
import type { Source } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { formatFull } from "@/lib/format";
import { t, tn } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { keys } from "@/lib/query-keys";
import { useReindexSource } from "../api/reindex-source";
import { useRemoveSource } from "../api/remove-source";
import { useRestoreSource } from "../api/restore-source";
import { uploadSource } from "../api/upload-source";

/** Within the time for which the server can bring it back. */
const RESTORED_MS = 20_000;
const ITEM = "target flex items-center rounded-card px-3 outline-none data-highlighted:bg-surface";
const TONES: Record<Source["status"], string> = {
  pending: "bg-surface text-muted",
  processing: "bg-amber-soft text-amber",
  completed: "bg-accent-soft text-accent",
  failed: "bg-danger-soft text-danger",
};

interface RowProps {
  source: Source;
  canChange: boolean;
  onOpen(): void;
}

/** One source: how far it is, why it failed, what can be done about it. */
export function SourceRow({ source, canChange, onOpen }: RowProps) {
  const facts = [
    source.status === "completed" ? tn("knowledge.passages", source.passages) : null,
    source.superseded ? t("knowledge.superseded") : null,
    source.hidden ? tn("knowledge.hidden", source.hidden) : null,
    formatFull(source.updated_at),
  ];
  return (
    <li data-testid="source" data-state={source.status} className="flex items-center gap-2 border-b border-line px-2 py-2 last:border-0">
      <button type="button" aria-label={t("knowledge.open", { name: source.name })} onClick={onOpen} className="target min-w-0 flex-1 rounded-card px-2 py-1 text-left hover:bg-surface">
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 font-medium">
            <Foreign text={source.name} />
          </span>
          <span className={cx("rounded px-2 py-0.5 text-small font-medium", TONES[source.status])}>{t(`knowledge.status.${source.status}`)}</span>
        </span>
        <span className="block text-small text-muted">{facts.filter(Boolean).join(" · ")}</span>
        {source.error ? (
          <span className="block text-small text-danger">
            <Foreign text={`${source.error}.`} /> {t("knowledge.failedHelp")}
          </span>
        ) : null}
      </button>
      {canChange ? <Deeds source={source} /> : null}
    </li>
  );
}

function Deeds({ source }: { source: Source }) {
  const { id, name } = source;
  const cache = useQueryClient();
  const reindex = useReindexSource();
  const { mutateAsync: remove } = useRemoveSource();
  const { mutateAsync: restore } = useRestoreSource();
  const picker = useRef<HTMLInputElement>(null);
  const failed = (error: unknown) => notifyFailure(explain(error));

  function replace(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    uploadSource({ file, replaces: id, onProgress: () => undefined }).then(() => cache.invalidateQueries({ queryKey: keys.sources }), failed);
  }

  function leave() {
    const undo = () => void restore(id).catch((error: unknown) => notifyFailure(t("knowledge.restore.failed", { name }), explain(error)));
    remove(id).then(() => notify(t("knowledge.removed", { name }), { undo, duration: RESTORED_MS }), failed);
  }

  return (
    <>
      <input ref={picker} type="file" hidden aria-label={t("knowledge.replace")} onChange={replace} />
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t("knowledge.more", { name })}>
            <Ellipsis size={18} aria-hidden />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={4} className="animate-rise z-50 min-w-44 rounded-card border border-line bg-raised p-1 text-text shadow-lg">
            <DropdownMenu.Item className={ITEM} onSelect={() => picker.current?.click()}>
              {t("knowledge.replace")}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={ITEM} onSelect={() => void reindex.mutateAsync(id).catch(failed)}>
              {t("knowledge.reindex")}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={ITEM} onSelect={leave}>
              {t("action.delete")}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}

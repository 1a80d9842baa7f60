import { useState } from "react";
import { Confirm } from "@/components/confirm";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import { useLabels } from "@/lib/api/list-labels";
import type { Label } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useRemoveLabel } from "../api/remove-label";
import { LabelEditor } from "./label-editor";
import { NewLabelForm } from "./new-label-form";

/** All labels of the team: renamed, recoloured, deleted. */
export function LabelsScreen({ canAdd, canManage }: { canAdd: boolean; canManage: boolean }) {
  const labels = useLabels();
  const remove = useRemoveLabel();
  const [leaving, setLeaving] = useState<Label | null>(null);
  if (labels.isError && !labels.data) {
    return <InlineError title={t("labels.loadFailed")} error={labels.error} retry={() => void labels.refetch()} />;
  }
  if (!labels.data) return <Skeleton rows={4} className="h-14 py-1" />;

  function confirm() {
    if (!leaving) return;
    remove.mutate(leaving.id, {
      onSuccess: () => notify(t("labels.deleted", { name: leaving.name })),
      onError: (error) => notifyFailure(explain(error)),
      onSettled: () => setLeaving(null),
    });
  }

  return (
    <div className="flex flex-col gap-4">
      {canManage ? null : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("labels.readOnly")}</p>}
      {canAdd ? <NewLabelForm /> : null}
      {labels.data.length ? (
        <ul className="rounded-card border border-line">
          {labels.data.map((label) => (
            <LabelEditor key={`${label.id} ${label.name} ${label.colour}`} label={label} canManage={canManage} onDelete={() => setLeaving(label)} />
          ))}
        </ul>
      ) : (
        <div className="flex rounded-card border border-dashed border-control">
          <EmptyState title={t("labels.empty.title")} body={t("labels.empty.body")} />
        </div>
      )}
      <Confirm
        open={leaving !== null}
        title={t("labels.delete.title", { name: leaving?.name ?? "" })}
        body={t("labels.delete.body")}
        deed={t("action.delete")}
        busy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setLeaving(null)}
      />
    </div>
  );
}

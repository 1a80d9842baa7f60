import { InlineError, Skeleton } from "@/components/notice";
import { LabelChip } from "@/components/label-chip";
import { useAddLabel } from "@/lib/api/add-label";
import { useLabels } from "@/lib/api/list-labels";
import type { Conversation, Label } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t, tn } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { type Choice, ChoiceDialog } from "./choice-dialog";

interface LabelDialogProps {
  rows: readonly Conversation[];
  onPick(label: Label, on: boolean): void;
  onClose(): void;
}

/** The labels of the conversations; one that all have is taken off, any other put on. Stays while there is one conversation. */
export default function LabelDialog({ rows, onPick, onClose }: LabelDialogProps) {
  const labels = useLabels();
  const add = useAddLabel();
  const bearers = ({ id }: Label) => rows.filter((row) => row.labels.some((label) => label.id === id)).length;
  const choices = (labels.data ?? []).map((label): Choice => {
    const count = bearers(label);
    return {
      id: label.id,
      text: label.name,
      shown: <LabelChip label={label} />,
      hint: count > 0 && count < rows.length ? t("label.some") : undefined,
      chosen: count === rows.length,
    };
  });

  function pick(id: string) {
    const label = labels.data?.find((one) => one.id === id);
    if (label) onPick(label, bearers(label) < rows.length);
  }
  function create(name: string) {
    // A promise: the dialog may be gone when the answer comes.
    void add.mutateAsync({ name }).then(
      (label) => onPick(label, true),
      (error: unknown) => notifyFailure(t("label.failed"), explain(error)),
    );
  }

  return (
    <ChoiceDialog
      title={rows.length > 1 ? tn("label.many", rows.length) : t("label.title")}
      search={t("label.search")}
      choices={choices}
      stays={rows.length === 1}
      own={{ text: (name) => t("label.create", { name }), longest: 40, pick: create }}
      onPick={pick}
      onClose={onClose}
    >
      {labels.isPending ? <Skeleton rows={3} className="h-10 py-1" /> : null}
      {labels.isError ? <InlineError error={labels.error} retry={() => void labels.refetch()} /> : null}
      {labels.data?.length === 0 ? <p className="px-3 py-2 text-muted">{t("label.none")}</p> : null}
    </ChoiceDialog>
  );
}

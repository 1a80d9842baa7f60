import type { Conversation, Priority } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";
import { PRIORITIES } from "@/lib/priorities";
import { ChoiceDialog } from "./choice-dialog";
import { PriorityIcon } from "./priority-mark";

interface PriorityDialogProps {
  rows: readonly Conversation[];
  onPick(priority: Priority): void;
  onClose(): void;
}

/** How urgent the conversations are. */
export default function PriorityDialog({ rows, onPick, onClose }: PriorityDialogProps) {
  return (
    <ChoiceDialog
      title={rows.length > 1 ? tn("priority.many", rows.length) : t("priority.title")}
      search={t("priority.search")}
      choices={PRIORITIES.map((priority) => ({
        id: priority,
        text: t(`priority.${priority}`),
        picture: <PriorityIcon priority={priority} />,
        chosen: rows.every((row) => row.priority === priority),
      }))}
      onPick={(id) => {
        const picked = PRIORITIES.find((one) => one === id);
        if (picked) onPick(picked);
      }}
      onClose={onClose}
    />
  );
}

import { Button } from "./button";
import { Dialog } from "./dialog";
import { t } from "@/lib/i18n";

interface ConfirmProps {
  open: boolean;
  title: string;
  body: string;
  /** What the pressing of the button does, as its name. */
  deed: string;
  busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asked only before what cannot be undone. */
export function Confirm({ open, title, body, deed, busy = false, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={title} description={body}>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {deed}
        </Button>
      </div>
    </Dialog>
  );
}

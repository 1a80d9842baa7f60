import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { t } from "@/lib/i18n";

interface SameNamesProps {
  /** Of the files that are there already; null where there are none. */
  names: readonly string[] | null;
  onReplace(): void;
  onKeepBoth(): void;
  onClose(): void;
}

/** A new price list beside the old one would name two prices for everything: which is meant is asked. */
export function SameNames({ names, onReplace, onKeepBoth, onClose }: SameNamesProps) {
  return (
    <Dialog
      open={names !== null}
      onOpenChange={(open) => open || onClose()}
      title={t("knowledge.same.title")}
      description={t("knowledge.same.body", { names: (names ?? []).join(", ") })}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onKeepBoth}>{t("knowledge.same.both")}</Button>
        <Button look="primary" onClick={onReplace}>
          {t("knowledge.same.replace")}
        </Button>
      </div>
    </Dialog>
  );
}

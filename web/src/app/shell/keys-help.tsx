import { Dialog } from "@/components/dialog";
import { t } from "@/lib/i18n";
import { keyCap, keyCommands, keysLike } from "@/lib/keys";
import { useStore } from "@/lib/store";

/** Every key that is bound on this screen right now. */
export default function KeysHelp({ onClose }: { onClose(): void }) {
  const commands = useStore(keyCommands);
  const byKey = new Map(commands.map((command) => [`${command.native ?? false} ${command.key}`, command]));
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("keys.title")} description={t("keys.lead")}>
      <dl tabIndex={0} className="grid grid-cols-[1fr_auto] gap-y-2">
        {[...byKey].map(([id, command]) => (
          <div key={id} className="contents">
            <dt className="border-b border-line py-1">{command.label}</dt>
            <dd className="flex flex-wrap justify-end gap-1.5 border-b border-line py-1 pl-3">
              {keysLike(command.key).map((key) => (
                <kbd key={key} className="rounded border border-control bg-surface px-2 py-0.5 text-small">
                  {keyCap(key)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

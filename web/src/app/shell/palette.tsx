import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Dialog } from "@/components/dialog";
import { t } from "@/lib/i18n";
import { keyCap, keyCommands } from "@/lib/keys";
import { useStore } from "@/lib/store";
import { NAV } from "./nav-items";

/** Keys that mean nothing once the palette is open. */
const HERE = new Set(["mod+k", "Escape", "mod+Enter"]);
const ITEM = "target flex items-center gap-3 rounded-card px-3 aria-selected:bg-surface";
const GROUP = "**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-small **:[[cmdk-group-heading]]:text-muted";

/** Everything that can be done here, by name; shows the key that would have done it. */
export default function Palette({ onClose }: { onClose(): void }) {
  const commands = useStore(keyCommands).filter((command) => !command.native && !HERE.has(command.key));
  const navigate = useNavigate();
  const byKey = new Map(commands.map((command) => [command.key, command]));
  const run = (action: () => void) => () => {
    onClose();
    window.setTimeout(action, 0); // after the dialog gave the focus back
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("palette.title")}>
      <Command label={t("palette.title")}>
        <Command.Input
          placeholder={t("palette.placeholder")}
          className="target mb-2 w-full rounded-card border border-control bg-bg px-3 py-2"
        />
        <Command.List>
          <Command.Empty className="p-3 text-muted">{t("palette.none")}</Command.Empty>
          <Command.Group heading={t("palette.do")} className={GROUP}>
            {[...byKey.values()].map((command) => (
              <Command.Item key={command.key} onSelect={run(command.run)} className={ITEM}>
                <span className="flex-1">{command.label}</span>
                <kbd className="rounded border border-control px-2 text-small">{keyCap(command.key)}</kbd>
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading={t("palette.go")} className={GROUP}>
            {NAV.map((item) => (
              <Command.Item key={item.to} onSelect={run(() => void navigate({ to: item.to }))} className={ITEM}>
                <item.icon size={16} aria-hidden />
                {t(item.text)}
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

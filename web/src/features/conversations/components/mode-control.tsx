import { Sparkles, UserRound } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import type { Mode } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { OTHER, useSwitchMode, useTrueNotice } from "../hooks/use-switch-mode";

interface ModeProps {
  conversationId: string;
  mode: Mode;
  disabled: boolean;
  /** Where a person is called and nobody came yet: T comes, it does not send the caller back to the AI. */
  onTake?: () => void;
}

/** AI | Human: one click or T, painted at once, with Undo; refused switches spring back. */
export function ModeControl({ conversationId, mode, disabled, onTake }: ModeProps) {
  const switchTo = useSwitchMode(conversationId);
  useTrueNotice(conversationId, mode);
  useKey("t", t("keys.toggleMode"), onTake ?? (() => switchTo(OTHER[mode])), { when: !disabled });
  useKey("shift+t", t("keys.giveBackHint"), () => switchTo("ai", "asked"), { when: !disabled && mode === "human" });

  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t("mode.label")}
      value={mode}
      disabled={disabled}
      data-testid="mode-control"
      data-mode={mode}
      onValueChange={(value) => {
        if (value === "ai" || value === "human") switchTo(value);
      }}
      className="flex shrink-0 rounded-card border border-control p-0.5"
    >
      <Choice value="ai" icon={<Sparkles size={14} aria-hidden />} tone="data-[state=on]:bg-accent data-[state=on]:text-on-accent" />
      <Choice value="human" icon={<UserRound size={14} aria-hidden />} tone="data-[state=on]:bg-text data-[state=on]:text-bg" />
    </ToggleGroup.Root>
  );
}

function Choice({ value, icon, tone }: { value: Mode; icon: React.ReactNode; tone: string }) {
  return (
    <ToggleGroup.Item
      value={value}
      className={`group target flex items-center justify-center gap-1.5 rounded-[6px] px-2.5 text-muted transition-colors duration-120 data-[state=on]:font-medium ${tone}`}
    >
      {icon}
      <span className="max-md:group-data-[state=off]:sr-only">{t(`mode.${value}`)}</span>
    </ToggleGroup.Item>
  );
}

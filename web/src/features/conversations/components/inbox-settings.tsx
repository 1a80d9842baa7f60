import type { ReactNode } from "react";
import { chime } from "@/lib/chime";
import { t } from "@/lib/i18n";
import { useStore } from "@/lib/store";
import { alertSettings, allowNotices, noticeState, setAlerts } from "../hooks/alert-settings";
import { enterSends, setEnterSends } from "../hooks/enter-sends";

/** How the inbox behaves in this browser. */
export function InboxSettings() {
  const { sound, notices } = useStore(alertSettings);
  const enter = useStore(enterSends);
  const state = noticeState();
  const refused = state === "denied" || state === "unsupported";
  return (
    <section className="mt-6 flex max-w-xl flex-col gap-2">
      <h2 className="text-lead font-semibold">{t("alerts.title")}</h2>
      <Choice
        on={sound}
        onChange={(on) => {
          setAlerts({ sound: on });
          if (on) chime();
        }}
        help={t("alerts.soundHelp")}
      >
        {t("alerts.sound")}
      </Choice>
      <Choice
        on={notices && !refused}
        disabled={refused}
        onChange={(on) => (on ? void allowNotices() : setAlerts({ notices: false }))}
        help={t(refused ? "alerts.refused" : "alerts.noticesHelp")}
      >
        {t("alerts.notices")}
      </Choice>
      <h2 className="mt-4 text-lead font-semibold">{t("composer.settings")}</h2>
      <Choice on={enter} onChange={setEnterSends} help={t("composer.enterHelp")}>
        {t("composer.enter")}
      </Choice>
    </section>
  );
}

interface ChoiceProps {
  on: boolean;
  disabled?: boolean;
  help: string;
  onChange(on: boolean): void;
  children: ReactNode;
}

function Choice({ on, disabled = false, help, onChange, children }: ChoiceProps) {
  return (
    <label className="target flex items-center gap-3">
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-accent"
      />
      <span>
        {children}
        <span className="block text-small text-muted">{help}</span>
      </span>
    </label>
  );
}

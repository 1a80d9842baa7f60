import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { cx } from "@/lib/cx";
import { t, type TextKey } from "@/lib/i18n";
import { type Action, meQuery, useCan } from "@/lib/me";

interface Tab {
  to: "/settings/business" | "/settings/channels" | "/settings/templates" | "/settings/labels" | "/settings/canned-replies" | "/settings/rules" | "/settings/webhooks" | "/settings/log" | "/settings/members" | "/settings/api-keys" | "/settings/audit" | "/settings/account";
  text: TextKey;
  needs?: Action;
}

const TABS: readonly Tab[] = [
  { to: "/settings/business", text: "settings.tab.business", needs: "seeTenant" },
  { to: "/settings/channels", text: "settings.tab.channels", needs: "seeChannels" },
  { to: "/settings/templates", text: "settings.tab.templates", needs: "seeChannels" },
  { to: "/settings/labels", text: "settings.tab.labels", needs: "seeInbox" },
  { to: "/settings/canned-replies", text: "settings.tab.canned", needs: "seeInbox" },
  { to: "/settings/rules", text: "settings.tab.rules", needs: "seeRules" },
  { to: "/settings/webhooks", text: "settings.tab.webhooks", needs: "seeJournal" },
  { to: "/settings/log", text: "settings.tab.log", needs: "seeLog" },
  { to: "/settings/members", text: "settings.tab.members", needs: "seeMembers" },
  { to: "/settings/api-keys", text: "settings.tab.apiKeys", needs: "seeKeys" },
  { to: "/settings/audit", text: "settings.tab.audit", needs: "seeAudit" },
  { to: "/settings/account", text: "settings.tab.account" },
];

/** The settings' own navigation: a column, on narrow screens a strip; what a role may not see is not there. */
export default function SettingsFrame() {
  const can = useCan();
  const { isPending } = useQuery(meQuery); // the tabs come all at once, in a place kept for them
  const { pathname } = useLocation();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    strip.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname, isPending]);
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <nav
        ref={strip}
        aria-label={t("settings.nav")}
        className="flex shrink-0 gap-1 border-line bg-bg p-2 max-lg:overflow-x-auto max-lg:border-b lg:w-52 lg:flex-col lg:border-r lg:p-3"
      >
        <p className="px-3 py-2 text-lead font-semibold max-lg:sr-only">{t("settings.title")}</p>
        {TABS.filter((tab) => !tab.needs || can(tab.needs)).map((tab) => (
          <Link
            key={tab.to}
            to={tab.to}
            activeProps={{ "aria-current": "page" }}
            className={cx(
              "target flex shrink-0 items-center rounded-card px-3 py-1.5 whitespace-nowrap text-muted hover:bg-surface hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent",
              isPending && "invisible",
            )}
          >
            {t(tab.text)}
          </Link>
        ))}
      </nav>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Outlet />
      </div>
    </div>
  );
}

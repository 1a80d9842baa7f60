import { Link } from "@tanstack/react-router";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { NAV } from "./nav-items";
import { Profile } from "./profile";

const ACTIVE = { "aria-current": "page" } as const;

/** The rail at the left, from 768 px. */
export function Rail({ onHelp }: { onHelp(): void }) {
  return (
    <nav
      aria-label={t("nav.label")}
      className="flex w-16 shrink-0 flex-col items-center gap-1 border-r border-line bg-surface py-3 max-md:hidden"
    >
      <img src="/favicon.svg" alt={t("app.name")} width={32} height={32} className="mb-3" />
      {NAV.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          title={t(item.text)}
          aria-label={t(item.text)}
          activeProps={ACTIVE}
          className={cx(
            "flex size-10 items-center justify-center rounded-card text-muted hover:bg-line/60 hover:text-text",
            "aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent",
            item.place === "bottom" && "mt-auto",
          )}
        >
          <item.icon size={20} aria-hidden />
        </Link>
      ))}
      <Profile side="right" onHelp={onHelp} />
    </nav>
  );
}

/** The bar at the bottom, on a phone. */
export function BottomBar({ onHelp }: { onHelp(): void }) {
  return (
    <nav
      aria-label={t("nav.label")}
      className="grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {NAV.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          activeProps={ACTIVE}
          className="target flex flex-col items-center justify-center gap-0.5 py-1 text-small text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent"
        >
          <item.icon size={20} aria-hidden />
          {t(item.text)}
        </Link>
      ))}
      <Profile side="top" onHelp={onHelp} caption={t("nav.more")} />
    </nav>
  );
}

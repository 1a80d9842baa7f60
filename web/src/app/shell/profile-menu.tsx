import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, Moon, Sun, UserRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useLogout } from "@/features/auth/api/logout";
import { t } from "@/lib/i18n";
import { meQuery } from "@/lib/me";
import { useStore } from "@/lib/store";
import { theme, toggleTheme } from "@/lib/theme";
import { type ProfileProps, ProfileTrigger } from "./profile-trigger";

/** The menu, opened as soon as its code is here. */
export default function ProfileMenu({ side, onHelp, caption }: ProfileProps) {
  const me = useQuery(meQuery).data;
  const navigate = useNavigate();
  const logout = useLogout();
  const dark = useStore(theme) === "dark";
  const name = me?.member?.name || me?.member?.email || "";
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>
        <ProfileTrigger caption={caption} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={side}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="animate-rise z-50 min-w-56 rounded-card border border-line bg-raised p-1 text-text shadow-lg"
        >
          <DropdownMenu.Label className="border-b border-line px-3 pt-1 pb-2">
            <span className="foreign block font-medium">{name}</span>
            <span className="foreign block text-small text-muted">{me?.tenant.name}</span>
          </DropdownMenu.Label>
          <Item onSelect={() => void navigate({ to: "/settings/account" })} icon={<UserRound size={16} aria-hidden />}>
            {t("nav.account")}
          </Item>
          <Item onSelect={toggleTheme} icon={dark ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}>
            {t(dark ? "nav.theme.light" : "nav.theme.dark")}
          </Item>
          <Item onSelect={onHelp} icon={<Keyboard size={16} aria-hidden />}>
            {t("nav.keys")}
          </Item>
          <Item onSelect={() => logout.mutate()} icon={<LogOut size={16} aria-hidden />}>
            {t("nav.signOut")}
          </Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ onSelect, icon, children }: { onSelect(): void; icon: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className="target mt-1 flex items-center gap-3 rounded-card px-3 outline-none data-highlighted:bg-surface"
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

import { BookOpen, Inbox, Settings, Smartphone } from "lucide-react";
import type { TextKey } from "@/lib/i18n";

interface NavItem {
  to: "/inbox" | "/knowledge" | "/simulator" | "/settings";
  text: TextKey;
  icon: typeof Inbox;
  place: "top" | "bottom";
}

/** The places of the app, in the order of the rail. */
export const NAV: readonly NavItem[] = [
  { to: "/inbox", text: "nav.inbox", icon: Inbox, place: "top" },
  { to: "/knowledge", text: "nav.knowledge", icon: BookOpen, place: "top" },
  { to: "/simulator", text: "nav.simulator", icon: Smartphone, place: "top" },
  { to: "/settings", text: "nav.settings", icon: Settings, place: "bottom" },
];

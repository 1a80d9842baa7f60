/** Permissions as people read them: an area, to be seen or also changed. */
import type { Permission } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";

/** A key may never hold these: it could outlive its own revocation. */
const NEVER: ReadonlySet<string> = new Set(["self", "members:write", "api_keys:write"]);

interface Area {
  name: string;
  read: Permission | null;
  write: Permission | null;
}

export function grantable(permissions: readonly Permission[]): Permission[] {
  return permissions.filter((permission) => !NEVER.has(permission));
}

/** Areas in the order in which the server names them. */
export function areasOf(permissions: readonly Permission[]): Area[] {
  const names = [...new Set(permissions.map((permission) => permission.split(":")[0] ?? permission))];
  const find = (name: string, deed: string) => permissions.find((permission) => permission === `${name}:${deed}`) ?? null;
  return names.map((name) => ({ name, read: find(name, "read"), write: find(name, "write") }));
}

export const areaName = (name: string): string => tWord("area", name, name.replaceAll("_", " "));

/** "Inbox (read, write), Contacts (read)". */
export function scopeText(scopes: readonly Permission[]): string {
  return areasOf(scopes)
    .map(({ name, read, write }) => {
      const deeds = [read && t("scope.read"), write && t("scope.write")].filter(Boolean).join(", ");
      return `${areaName(name)} (${deeds})`;
    })
    .join(", ");
}

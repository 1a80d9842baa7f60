import type { Role } from "@/lib/api/types";

/** From the one who may most to the one who may least. */
export const ROLES: readonly Role[] = ["owner", "admin", "agent", "viewer"];

import type { PhoneAccess } from "./phone-shapes";
import { phoneCall } from "./phone-client";
import type { PhoneEvent } from "./phone-shapes";

interface Changes {
  items: PhoneEvent[];
  cursor: number;
}

/** Waits at the emulator, up to 25 seconds, for what changed after the cursor. */
export function pollPhoneEvents(access: PhoneAccess, after: number, signal: AbortSignal): Promise<Changes> {
  return phoneCall<Changes>(access, `/events?after=${after}`, { signal });
}

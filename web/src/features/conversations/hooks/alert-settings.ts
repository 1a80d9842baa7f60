/** Whether this browser may call its reader: off until they say so, and remembered. */
import { readStored, writeStored } from "@/lib/storage";
import { createStore } from "@/lib/store";

interface AlertSettings {
  sound: boolean;
  notices: boolean;
  /** The offer was seen and answered. */
  answered: boolean;
}

const KEY = "samvad.alerts";

export const alertSettings = createStore<AlertSettings>(readStored(KEY, { sound: false, notices: false, answered: false }));

export function setAlerts(change: Partial<AlertSettings>): void {
  const next = { ...alertSettings.get(), ...change, answered: true };
  writeStored(KEY, next);
  alertSettings.set(next);
}

export type NoticeState = NotificationPermission | "unsupported";

export function noticeState(): NoticeState {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Asks the browser, which asks the reader; kept only when both agree. */
export async function allowNotices(): Promise<void> {
  if (noticeState() === "unsupported") return;
  const said = await Notification.requestPermission();
  setAlerts({ notices: said === "granted" });
}

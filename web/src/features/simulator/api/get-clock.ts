import { useQuery } from "@tanstack/react-query";
import { phoneCall } from "./phone-client";
import { type PhoneAccess, phoneKeys } from "./phone-shapes";

interface Clock {
  now_ms: number;
  /** How far the emulator's clock was moved ahead. */
  offset_ms: number;
}

export function useClock(access: PhoneAccess) {
  return useQuery({
    queryKey: phoneKeys(access.channel_id).clock,
    queryFn: ({ signal }) => phoneCall<Clock>(access, "/clock", { signal }),
  });
}

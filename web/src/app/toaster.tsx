import { useEffect } from "react";
import { Toaster } from "sonner";
import { selecting } from "@/features/conversations/hooks/selection";
import { noticesShown } from "@/lib/notify";
import { useStore } from "@/lib/store";
import { theme } from "@/lib/theme";

/** On a phone: above the bottom bar, or above what can be done with selected conversations. */
const ABOVE = { bar: 120, selection: 232 };

/** Where notices appear: above the composer, on every width. */
export default function Notices() {
  useEffect(noticesShown, []);
  return (
    <Toaster
      theme={useStore(theme)}
      position="bottom-right"
      closeButton
      toastOptions={{ classNames: { actionButton: "max-md:!h-11 max-md:!px-4 max-md:!text-sm" } }}
      offset={{ bottom: 96, right: 24 }}
      mobileOffset={{ bottom: useStore(selecting) ? ABOVE.selection : ABOVE.bar }}
    />
  );
}

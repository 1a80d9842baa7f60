/** Where somebody begins who asked for no page. */
import { api, call } from "@/lib/api-client";

/** A demo that nobody has written to yet is tried at the simulator, its phone beside the inbox. */
export async function home(): Promise<"/inbox" | "/simulator"> {
  try {
    const [demo, counts] = await Promise.all([
      call(api.GET("/api/v1/demo")),
      call(api.GET("/api/v1/conversations/counts", { params: { query: {} } })),
    ]);
    return demo.loaded && counts.all === 0 ? "/simulator" : "/inbox";
  } catch {
    return "/inbox"; // it says itself what is wrong
  }
}

/** Sends a file, telling how far it is: the one request that goes by XMLHttpRequest, since `fetch` cannot tell. */
import { readProblem } from "@/lib/api-client";
import { NetworkError, toApiError } from "@/lib/errors";
import { session } from "@/lib/session";

interface Upload {
  file: File;
  /** The source whose file is to be replaced; null: a new one. */
  replaces: string | null;
  onProgress(share: number): void;
}

export function uploadSource({ file, replaces, onProgress }: Upload): Promise<void> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(replaces ? "PUT" : "POST", `/api/v1/knowledge/sources${replaces ? `/${replaces}` : ""}`);
    request.setRequestHeader("Authorization", `Bearer ${session.get() ?? ""}`);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => failed(new NetworkError("The server did not answer."));
    request.onload = () => {
      if (request.status < 300) return done();
      failed(toApiError(readProblem(request.response, new Response(null, { status: request.status }))));
    };
    const form = new FormData();
    form.set("file", file);
    request.send(form);
  });
}

/** Sends a form with a file, telling how far it is: by XMLHttpRequest, since `fetch` cannot tell. */
import { readProblem } from "./api-client";
import { NetworkError, toApiError } from "./errors";
import { session } from "./session";

/** The body of a good answer; every other outcome is thrown as one of lib/errors. */
export function upload<Data>(method: "POST" | "PUT", path: string, form: FormData, onProgress: (share: number) => void): Promise<Data> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader("Authorization", `Bearer ${session.get() ?? ""}`);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => failed(new NetworkError("The server did not answer."));
    request.onload = () => {
      if (request.status < 300) return done(request.response as Data);
      failed(toApiError(readProblem(request.response, new Response(null, { status: request.status }))));
    };
    request.send(form);
  });
}

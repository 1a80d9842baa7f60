import type { Message } from "@/lib/api/types";
import { type AttachedFile, fileOf } from "../hooks/message-file";
import { FileDocument } from "./file-document";
import { FileMissing } from "./file-missing";
import { FilePicture } from "./file-picture";
import { FilePlayer } from "./file-player";

/** The file of a message. Boxes keep their size whatever becomes of it, so that the thread never moves. */
export function MessageFile({ message }: { message: Message }) {
  const file = fileOf(message);
  if (!file) return null;
  if (file.state !== "stored") return <FileMissing message={message} file={file} />;
  return <Stored message={message} file={file} />;
}

function Stored({ message, file }: { message: Message; file: AttachedFile }) {
  if (file.shape === "picture") return <FilePicture message={message} file={file} />;
  if (file.shape === "document") return <FileDocument message={message} file={file} />;
  return <FilePlayer message={message} file={file} />;
}

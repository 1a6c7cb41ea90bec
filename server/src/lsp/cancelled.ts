import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { say } from "../messages";

/** The answer to a request that the client has cancelled. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, say("protocol.cancelled"));
}

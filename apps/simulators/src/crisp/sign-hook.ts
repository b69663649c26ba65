import { createHmac } from "node:crypto";

/** `X-Crisp-Signature`: hex HMAC-SHA256 of `[timestamp;body]`, over the very text that is sent. */
export function signHook(secret: string, timestamp: number, body: string): string {
  return createHmac("sha256", secret).update(`[${timestamp};${body}]`).digest("hex");
}

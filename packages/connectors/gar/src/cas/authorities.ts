/**
 * The authorities that vouch for a CAS server: the usual ones, and those of a file. It is read at each question, so that it may
 * change without a restart, and its certificates are opened when its text is another: that costs 40 ms, most of it for the usual ones.
 */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { ServerAnswerError } from "./ask-server.ts";

/** @throws ServerAnswerError when the file cannot be read, or holds no certificates */
export function authoritiesOf(caFile: string): () => Promise<SecureContext> {
  let opened: { readonly text: string; readonly context: SecureContext } | undefined;
  return async () => {
    try {
      const text = await readFile(caFile, "utf8");
      if (opened?.text !== text) opened = { text, context: open(text) };
      return opened.context;
    } catch (cause) {
      throw new ServerAnswerError("CA_FILE_UNREADABLE", cause);
    }
  };
}

function open(text: string): SecureContext {
  const own = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (own.length === 0) throw new TypeError("no certificate");
  for (const each of own) new X509Certificate(each); // OpenSSL passes over one that it cannot read
  return createSecureContext({ ca: [...getCACertificates(), ...own], minVersion: "TLSv1.2" });
}

/** The message around the document: base64, encodings, forms. */
import { deflateRawSync, gzipSync } from "node:zlib";
import { base64, type Fields, responseXml, signedResponse } from "../identity-provider.ts";
import { forged } from "./documents.ts";
import { CONSUMER, type Sent } from "./target.ts";

export type Message = readonly [title: string, build: (fields: Fields) => Sent];

const form = (...pairs: readonly [string, string][]): Sent => ({
  body: new URLSearchParams(pairs.map((pair) => [...pair])).toString(),
});
const response = (encoded: string) => form(["SAMLResponse", encoded]);
const honest = (f: Fields) => base64(signedResponse(f));
const junk = (f: Fields) => base64(responseXml(f, forged(f)));
const query = (f: Fields) => `${CONSUMER}?${new URLSearchParams({ SAMLResponse: honest(f) }).toString()}`;
/** Padded with spaces behind the root so that its base64 ends in two signs of padding. */
const padded = (f: Fields) => {
  const xml = signedResponse(f);
  return base64(xml + " ".repeat((4 - (Buffer.byteLength(xml) % 3)) % 3));
};
const bytes = (encode: (xml: string) => Buffer) => (f: Fields) =>
  response(encode(signedResponse(f)).toString("base64"));
const wide = (xml: string) => Buffer.from(xml.replaceAll(/[^\0-\x7f]/g, "e"), "utf16le");
const declared = (xml: string) => `<?xml version="1.0" encoding="UTF-16"?>${xml}`;

const encodings: readonly Message[] = [
  ["a byte order mark", bytes((xml) => Buffer.from(`\uFEFF${xml}`))],
  ["two byte order marks", bytes((xml) => Buffer.from(`\uFEFF\uFEFF${xml}`))],
  [
    "UTF-16, little end first",
    bytes((xml) => Buffer.concat([Buffer.from([0xff, 0xfe]), wide(declared(xml))])),
  ],
  [
    "UTF-16, big end first",
    bytes((xml) => Buffer.concat([Buffer.from([0xfe, 0xff]), wide(declared(xml)).swap16()])),
  ],
  ["UTF-16 without mark", bytes((xml) => wide(xml))],
  ["UTF-7", bytes((xml) => Buffer.from(xml.replaceAll("<", "+ADw-").replaceAll(">", "+AD4-")))],
  ["Latin-1", bytes((xml) => Buffer.from(xml, "latin1"))],
  ["an overlong sign", bytes((xml) => Buffer.concat([Buffer.from([0xc0, 0xbc]), Buffer.from(xml.slice(1))]))],
  ["a byte that is no UTF-8", bytes((xml) => Buffer.concat([Buffer.from(xml), Buffer.from([0xff])]))],
  ["half a character in UTF-8", bytes((xml) => Buffer.from(xml.replace("É", "\xed\xa0\x80"), "latin1"))],
  ["a NUL before the root", bytes((xml) => Buffer.from(`\0${xml}`))],
  ["a NUL after the root", bytes((xml) => Buffer.from(`${xml}\0`))],
  ["a space that is none of XML's", bytes((xml) => Buffer.from(`\u00A0${xml}`))],
  ["deflated, as in a query", bytes((xml) => deflateRawSync(xml))],
  ["gzipped", bytes((xml) => gzipSync(xml))],
  ["not encoded", (f) => response(signedResponse(f))],
  ["encoded twice", (f) => response(Buffer.from(honest(f)).toString("base64"))],
  ["hexadecimal", (f) => response(Buffer.from(signedResponse(f)).toString("hex"))],
];

const base64Forms: readonly Message[] = [
  [
    "base64 for URLs",
    (f) => response(`${honest(f).replaceAll("+", "-").replaceAll("/", "_").slice(0, -4)}-_-_`),
  ],
  ["base64 without padding", (f) => response(padded(f).replace(/=+$/, ""))],
  ["base64 with padding too much", (f) => response(`${padded(f)}==`)],
  [
    "base64 with padding in the middle",
    (f) => response(`${honest(f).slice(0, 400)}==${honest(f).slice(400)}`),
  ],
  ["base64 with letters after the padding", (f) => response(`${padded(f)}AAAA`)],
  ["another text of the same bytes", (f) => response(padded(f).replace(/A==$/, "B=="))],
  [
    "base64 with a sign that it does not have",
    (f) => response(`${honest(f).slice(0, 400)}*${honest(f).slice(400)}`),
  ],
  ["base64 with a NUL", (f) => response(`${honest(f)}\0`)],
  ["base64 with a no-break space", (f) => response(`${honest(f)}\u00A0`)],
  ["base64 with form feeds", (f) => response(`\f${honest(f)}`)],
  ["a data URL", (f) => response(`data:text/xml;base64,${honest(f)}`)],
  ["an empty value", () => response("")],
  ["spaces alone", () => response("   ")],
];

const forms: readonly Message[] = [
  ["two responses, the honest one last", (f) => form(["SAMLResponse", junk(f)], ["SAMLResponse", honest(f)])],
  [
    "two responses, the honest one first",
    (f) => form(["SAMLResponse", honest(f)], ["SAMLResponse", junk(f)]),
  ],
  ["the honest response twice", (f) => form(["SAMLResponse", honest(f)], ["SAMLResponse", honest(f)])],
  ["an empty one and the honest one", (f) => form(["SAMLResponse", ""], ["SAMLResponse", honest(f)])],
  ["the honest response in an array", (f) => form(["SAMLResponse[]", honest(f)])],
  ["the honest response as a property", (f) => form(["SAMLResponse[value]", honest(f)])],
  ["the honest response by the prototype", (f) => form(["__proto__[SAMLResponse]", honest(f)])],
  ["a prototype as the form", (f) => form(["__proto__", honest(f)])],
  ["in small letters", (f) => form(["samlresponse", honest(f)])],
  ["as SAMLRequest", (f) => form(["SAMLRequest", honest(f)])],
  ["as wresult", (f) => form(["wresult", honest(f)])],
  ["as an artifact", () => form(["SAMLart", "AAQAAMh48/1oXIM+sDo7Dh2qMp1HM4IF5DaRNmDj6RdUmllwn9jJHyEgIi8="])],
  ["in the query, with nothing posted", (f) => ({ path: query(f), body: "" })],
  ["in the query, a forged one posted", (f) => ({ ...response(junk(f)), path: query(f) })],
  ["in the query by GET", (f) => ({ path: query(f), method: "GET" })],
  ["by PUT", (f) => ({ ...response(honest(f)), method: "PUT" })],
  ["as JSON", (f) => ({ type: "application/json", body: JSON.stringify({ SAMLResponse: honest(f) }) })],
  ["as plain text", (f) => ({ ...response(honest(f)), type: "text/plain" })],
  ["as XML", (f) => ({ type: "application/samlassertion+xml", body: signedResponse(f) })],
  [
    "in parts",
    (f) => ({
      type: "multipart/form-data; boundary=x",
      body: `--x\r\nContent-Disposition: form-data; name="SAMLResponse"\r\n\r\n${honest(f)}\r\n--x--\r\n`,
    }),
  ],
  ["parted by semicolons", (f) => ({ body: `RelayState=x;SAMLResponse=${encodeURIComponent(honest(f))}` })],
  ["to the login's address", (f) => ({ ...response(honest(f)), path: "/gar/saml/login" })],
  ["to the consumer with a slash more", (f) => ({ ...response(honest(f)), path: `${CONSUMER}%2f` })],
];

export const messages: readonly Message[] = [...encodings, ...base64Forms, ...forms];

export const messageControls: readonly Message[] = [
  ["base64 in lines (RFC 2045)", (f) => response(honest(f).replaceAll(/.{76}/g, "$&\r\n"))],
  ["a RelayState before it", (f) => form(["RelayState", "x"], ["SAMLResponse", honest(f)])],
];

/** Where a RelayState would like to lead. An honest response goes with it. */
export const relayStates: readonly string[] = [
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "javascript:alert(1)",
  "/me\r\nSet-Cookie: preau=x",
  "__proto__",
  "x".repeat(20_000),
];

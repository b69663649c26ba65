import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { responseCaps } from "../src/saml/check-response.ts";
import { decryptElement } from "../src/saml/decrypt-element.ts";
import { parse } from "../src/saml/parse-message.ts";
import { encryptElement } from "./encryption-documents.ts";
import { idpKey } from "./identity-provider.ts";

it("opens AES-CBC by the key that it was made for, wherever that stands among ours (XML Encryption 1.1 §5.2.1)", () => {
  // Under a key that is not the content's own, one text in sixteen still ends as if it were padded.
  const ours = createPrivateKey(idpKey.privateKey);
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  for (let times = 0; times < 120; times += 1) {
    const xml = encryptElement("<a>text</a>", createPublicKey(ours), { cipher: "aes-128-cbc" });
    const keys = times % 2 === 0 ? [other, ours] : [ours, other];
    const opened = decryptElement(parse(xml, responseCaps), { keys, allowCbc: true }, responseCaps);
    expect(opened.xml).toBe("<a>text</a>");
  }
});

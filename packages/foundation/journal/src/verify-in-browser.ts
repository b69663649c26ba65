/**
 * The same check as `verify.ts`, written a second time for a page without network: it shares no line with the first, needs
 * only WebCrypto, and stands in one function so that its text can be put into the page. Both are held to one set of
 * vectors. @clause D12.2
 */

/** As `Verification`, but for origin, index and size, which are left out of what is not readable. */
interface BrowserVerification {
  readonly result: "TRUE" | "FALSE" | "UNKNOWN";
  readonly checks: Readonly<Record<string, boolean>>;
  readonly origin?: string;
  readonly index?: number;
  readonly size?: number;
  readonly key?: string;
  readonly keyTrusted: boolean;
}

export type BrowserVerifier = (text: string, vkey?: string) => Promise<BrowserVerification>;

/** Nothing outside this function may be named in it but the browser's own globals. */
export function makeBrowserVerifier(): BrowserVerifier {
  type Fields = Record<string, unknown>;
  type Bytes = Uint8Array<ArrayBuffer>;
  const encode = (text: string): Bytes => new TextEncoder().encode(text);
  const same = (a: Bytes, b: Bytes) => a.length === b.length && a.every((byte, at) => byte === b[at]);
  const join = (...parts: readonly (Bytes | readonly number[])[]): Bytes =>
    Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  const sha256 = async (bytes: Bytes): Promise<Bytes> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const toBase64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes));
  const isFields = (value: unknown): value is Fields =>
    typeof value === "object" && value !== null && !Array.isArray(value);

  function fromBase64(text: string): Bytes | undefined {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
    try {
      const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
      let again = "";
      for (let at = 0; at < bytes.length; at += 3000) again += toBase64(bytes.slice(at, at + 3000));
      return again === text ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  function whole(text: string): number | undefined {
    const value = /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : NaN;
    return Number.isSafeInteger(value) ? value : undefined;
  }

  /** Keys in order; `step` is the indent, or "" for the canonical form. */
  function print(value: unknown, step: string, depth = 0): string {
    if (depth > 40) throw new RangeError("too deep");
    const list = Array.isArray(value) ? value.map((each) => print(each, step, depth + 1)) : undefined;
    const fields = isFields(value)
      ? Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${step && " "}${print(value[key], step, depth + 1)}`)
      : undefined;
    const parts = list ?? fields;
    if (parts === undefined) return JSON.stringify(value);
    const [open, close] = list ? ["[", "]"] : ["{", "}"];
    if (step === "" || parts.length === 0) return `${open}${parts.join(",")}${close}`;
    const inner = `\n${step.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(`,${inner}`)}\n${step.repeat(depth)}${close}`;
  }

  function parse(text: string, step: string, end: string): Fields | undefined {
    try {
      const value: unknown = JSON.parse(text);
      return isFields(value) && print(value, step) + end === text ? value : undefined;
    } catch {
      return undefined;
    }
  }

  interface Proof {
    readonly extra: Fields;
    readonly index: number;
    readonly path: readonly Bytes[];
    readonly origin: string;
    readonly size: number;
    readonly root: Bytes;
    readonly signed: string;
    readonly signatures: readonly { readonly name: string; readonly bytes: Bytes }[];
  }

  /** The proof by its grammar: one expression a part. */
  function readProof(text: string): Proof | undefined {
    const shape =
      /^c2sp\.org\/tlog-proof@v1\nextra ([^\n]*)\nindex ([0-9]+)\n((?:[^\n]{44}\n){0,64})\n(([^\n]+)\n([0-9]+)\n([^\n]{44})\n)\n((?:— [^\n]+\n){1,64})$/u;
    const [
      ,
      extraText = "",
      index = "",
      hashes = "",
      signed = "",
      origin = "",
      size = "",
      root = "",
      lines = "",
    ] = shape.exec(text) ?? [];
    if (/[\u0000-\u0009\u000b-\u001f\ud800-\udfff]/u.test(signed + lines)) return undefined;
    const extraBytes = fromBase64(extraText);
    const extraJson = extraBytes && new TextDecoder("utf-8", { ignoreBOM: true }).decode(extraBytes);
    const extra = extraJson === undefined ? undefined : parse(extraJson, "", "");
    if (extraBytes === undefined || extraJson === undefined || !same(encode(extraJson), extraBytes))
      return undefined;
    const path = hashes.split("\n").slice(0, -1).map(fromBase64);
    const signatures = lines
      .split("\n")
      .slice(0, -1)
      .map((line) => {
        const [, name = "", encoded = ""] = /^— ([^\s+\p{Z}\p{C}]{1,200}) (\S+)$/u.exec(line) ?? [];
        return { name, bytes: fromBase64(encoded) };
      });
    const numbers = [whole(index), whole(size)] as const;
    const rootBytes = fromBase64(root);
    const isHash = (bytes: Bytes | undefined): bytes is Bytes => bytes?.length === 32;
    const isSignature = (each: {
      name: string;
      bytes: Bytes | undefined;
    }): each is { name: string; bytes: Bytes } =>
      each.name !== "" && each.bytes !== undefined && each.bytes.length > 4;
    if (extra === undefined || numbers[0] === undefined || numbers[1] === undefined) return undefined;
    if (!isHash(rootBytes) || !path.every(isHash) || !signatures.every(isSignature)) return undefined;
    return { extra, index: numbers[0], path, origin, size: numbers[1], root: rootBytes, signed, signatures };
  }

  /** The root that a leaf and its path lead to, by the recursive definition of RFC 6962 §2.1.1. */
  async function rootFrom(
    leaf: Bytes,
    index: number,
    size: number,
    path: readonly Bytes[],
  ): Promise<Bytes | undefined> {
    if (index >= size) return undefined;
    if (size === 1) return path.length === 0 ? leaf : undefined;
    const sibling = path.at(-1);
    if (sibling === undefined) return undefined;
    let left = 1;
    while (left * 2 < size) left *= 2;
    const rest = path.slice(0, -1);
    const inner =
      index < left
        ? await rootFrom(leaf, index, left, rest)
        : await rootFrom(leaf, index - left, size - left, rest);
    if (inner === undefined) return undefined;
    return sha256(index < left ? join([1], inner, sibling) : join([1], sibling, inner));
  }

  async function isSigned(proof: Proof, vkey: string): Promise<boolean> {
    const [, name = "", id = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
    const bytes = fromBase64(encoded);
    if (name !== proof.origin || bytes?.length !== 33 || bytes[0] !== 1) return false;
    const keyId = (await sha256(join(encode(`${name}\n`), bytes))).slice(0, 4);
    if (Array.from(keyId, (byte) => byte.toString(16).padStart(2, "0")).join("") !== id) return false;
    const key = await crypto.subtle.importKey("raw", bytes.slice(1), { name: "Ed25519" }, false, ["verify"]);
    const mine = proof.signatures.filter((each) => each.name === name && same(each.bytes.slice(0, 4), keyId));
    const good = await Promise.all(
      mine.map((each) =>
        crypto.subtle.verify({ name: "Ed25519" }, key, each.bytes.slice(4), encode(proof.signed)),
      ),
    );
    return good.length > 0 && good.every(Boolean);
  }

  async function commits(extra: Fields, content: Fields): Promise<boolean> {
    const { header, salt, slot } = extra;
    const saltBytes = typeof salt === "string" ? fromBase64(salt) : undefined;
    if (!isFields(header) || header["type"] !== "journal.receiptClosed" || slot !== "controller")
      return false;
    if (saltBytes?.length !== 32 || !isFields(header["commitments"])) return false;
    const key = await crypto.subtle.importKey("raw", saltBytes, { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
    ]);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(print(content, ""))));
    return header["commitments"]["controller"] === toBase64(mac);
  }

  /** The rules that a receipt of ours keeps: it never claims more than its parts. */
  function claimsNoMore(content: Fields): boolean {
    const rows = (name: string): Fields[] => {
      const value = content[name];
      if (!Array.isArray(value) || !value.every(isFields)) throw new TypeError(name);
      return value;
    };
    const count = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
    const said = (value: unknown) => typeof value === "string" && value !== "";
    const storeHolds = ({ verdict, until, why, lookAgain: look, tables }: Fields): boolean => {
      const counted =
        Array.isArray(tables) &&
        tables.every(
          (each) => isFields(each) && [each["erased"], each["anonymised"], each["kept"]].every(count),
        );
      if (!counted) return false;
      if (verdict === "PENDING") return until !== undefined;
      if (verdict !== "PASS") return (verdict === "FAILED" || verdict === "UNKNOWN") && said(why);
      if (!isFields(look)) return false;
      const places = [look["referenceColumns"], look["textColumns"], look["files"]];
      return places.every(count) && places.some((each) => each !== 0) && look["hits"] === 0;
    };
    try {
      const stores = rows("stores");
      const texts = [...stores, ...rows("kept"), ...rows("notCovered")].flatMap((each) =>
        [each["why"], each["reason"], each["clause"]].filter((text) => text !== undefined),
      );
      if (!texts.every((text) => typeof text === "string")) return false;
      const words = ["PASS", "PENDING", "UNKNOWN", "FAILED"];
      const found = stores.map((each) => words.indexOf(String(each["verdict"])));
      const worst = Math.max(stores.length === 0 || rows("notCovered").length > 0 ? 2 : 0, ...found);
      return (
        content["verdict"] === words[worst] &&
        stores.every(storeHolds) &&
        new Set(stores.map((each) => each["store"])).size === stores.length &&
        rows("kept").every((each) => count(each["rows"]) && said(each["reason"]) && said(each["clause"])) &&
        typeof content["openedAt"] === "string" &&
        typeof content["closedAt"] === "string" &&
        content["closedAt"] >= content["openedAt"]
      );
    } catch {
      return false;
    }
  }

  return async (text, vkey) => {
    const keyTrusted = vkey !== undefined;
    const refused = { result: "FALSE", checks: { form: false }, keyTrusted } as const;
    if (text.length > 16 * 1024 * 1024) return refused;
    const file = text.startsWith("{") ? parse(text, "  ", "\n") : undefined;
    const isReceipt = file?.["schema"] === "preau.receipt/1" && typeof file["proof"] === "string";
    const proof = readProof(isReceipt ? String(file["proof"]) : text);
    if (proof === undefined) return refused;
    const named = Object.keys(proof.extra).sort().join();
    const { header, key: ownKey } = proof.extra;
    if (named !== (isReceipt ? "header,key,salt,slot" : "header,key") || typeof ownKey !== "string")
      return refused;

    const { proof: _, ...content } = file ?? {};
    const leaf = await sha256(join([0], encode(print(header, ""))));
    const root = await rootFrom(leaf, proof.index, proof.size, proof.path);
    const key = vkey ?? ownKey;
    const signature = await isSigned(proof, key).catch(() => undefined); // a browser without Ed25519
    const checks = {
      form: true,
      ...(isReceipt ? { content: await commits(proof.extra, content), claims: claimsNoMore(content) } : {}),
      inclusion: root !== undefined && same(root, proof.root),
      ...(signature === undefined ? {} : { signature: signature && key === ownKey }),
    };
    const holds = Object.values(checks).every(Boolean);
    const sure = keyTrusted && signature !== undefined;
    return {
      result: holds ? (sure ? "TRUE" : "UNKNOWN") : "FALSE",
      checks,
      ...{ origin: proof.origin, index: proof.index, size: proof.size, key, keyTrusted },
    };
  };
}

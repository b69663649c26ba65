/** The beginning of an answer: nobody makes us read more than that. */
const MOST_BYTES = 64 * 1_024;

/** Its text; empty where it is longer than an answer can be. */
export async function readLittle(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString("utf8");
    length += value.byteLength;
    if (length > MOST_BYTES) {
      await reader.cancel().catch(() => undefined);
      return "";
    }
    chunks.push(value);
  }
}

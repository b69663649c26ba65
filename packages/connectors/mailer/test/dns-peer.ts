/** A name server on a socket (RFC 1035): the records that it is given, NXDOMAIN for the rest, silence where it is told so. */
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";

const [TXT, MX] = [16, 15];

export type Zone = Map<
  string,
  { readonly txt?: readonly string[]; readonly mx?: readonly string[] } | "silent"
>;

export async function startDnsPeer(zone: Zone) {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, type, end } = questionIn(query);
    const found = zone.get(name);
    if (found === "silent") return;
    const values = type === TXT ? found?.txt?.map(txtData) : type === MX ? found?.mx?.map(mxData) : [];
    const records = values ?? [];
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(found === undefined ? 0x81_83 : 0x81_80, 2);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt32BE(0, 8);
    const answers = records.map((data) => {
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc0_0c, 0);
      record.writeUInt16BE(type, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt32BE(60, 6);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([head, query.subarray(12, end), ...answers]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const resolver = new Resolver({ timeout: 300, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return { resolver, close: () => void socket.close() };
}

function questionIn(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function txtData(text: string): Buffer {
  const parts = text.match(/[\s\S]{1,255}/g) ?? [""];
  return Buffer.concat(
    parts.map((part) => Buffer.concat([Buffer.of(part.length), Buffer.from(part, "latin1")])),
  );
}

function mxData(host: string): Buffer {
  const labels = host.split(".").map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  return Buffer.concat([Buffer.of(0, 10), ...labels, Buffer.of(0)]);
}

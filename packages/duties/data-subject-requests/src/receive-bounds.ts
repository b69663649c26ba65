/** What may come in: bounded, and never from the future. */
import {
  dataSubjectRights,
  faultsOf,
  type Instant,
  errors as kernelErrors,
  otherRequests,
  type ReceivedRequest,
  type RequestMatter,
  requestChannels,
} from "@preau/kernel";

const fault = faultsOf(kernelErrors);
const matters: ReadonlySet<string> = new Set([...dataSubjectRights, ...otherRequests]);
const MOST = { text: 20_000, key: 500, name: 200, address: 320, school: 300 } as const;

/** @throws REQUEST_BAD naming the field */
export function requireReceivable(request: ReceivedRequest, now: Instant): void {
  const { key, receivedAt, text, channel, requester, concerns } = request;
  const refuse = (place: string) => fault("REQUEST_BAD", { place });
  if (key.trim() === "" || key.length > MOST.key) throw refuse("key");
  if (receivedAt > now) throw refuse("receivedAt");
  if (!requestChannels.includes(channel)) throw refuse("channel");
  if (isLonger(text, MOST.text)) throw refuse("text");
  if (isLonger(requester?.name, MOST.name)) throw refuse("requester.name");
  if (isLonger(requester?.address, MOST.address)) throw refuse("requester.address");
  if (isLonger(concerns?.name, MOST.name)) throw refuse("concerns.name");
  if (isLonger(concerns?.school, MOST.school)) throw refuse("concerns.school");
  if (!mattersOf(request).every((each) => matters.has(each))) throw refuse("matters");
}

/** Each once. */
export function mattersOf({ matters: given = [] }: ReceivedRequest): readonly RequestMatter[] {
  return [...new Set(given)];
}

function isLonger(text: string | undefined, most: number): boolean {
  return text !== undefined && text.length > most;
}

/** `POST /v3/smtp/email`: reads and refuses as documented. A template's id is refused: the simulated account has none. */

import type { MailAddress, MailContent } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import { readAddress, readAddresses, refuseTooMany } from "./read-addresses.ts";
import { readAttachments } from "./read-attachments.ts";
import { filled, type Params, readParams } from "./read-params.ts";

export interface MailRequest {
  /** One, or one a version. */
  readonly mails: readonly MailContent[];
  readonly inVersions: boolean;
  /** Epoch milliseconds. */
  readonly scheduledAt?: number;
  readonly batchId?: string;
  readonly idempotencyKey?: string;
  /** Checked, then thrown away. */
  readonly sandbox: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_RECIPIENTS = 2_000;
const MOST_PER_VERSION = 99;
const MOST_PARAMS = 100_000; // bytes of JSON, one version
const MOST_PARAMS_TOGETHER = 1_000_000;
const MOST_HOURS_AHEAD = 72;
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** @throws ApiError */
export function readMailRequest(body: unknown, now: number): MailRequest {
  if (!isFields(body)) throw new ApiError("bad_request", "Invalid JSON body");
  const common = readCommon(body);
  const versions = readVersions(body);
  const mails = versions === undefined ? [{ ...common, ...readVersion(body, common, "") }] : versions(common);
  refuseTooMany(
    mails.flatMap(({ to, cc, bcc }) => [...to, ...cc, ...bcc]).length,
    MOST_RECIPIENTS,
    "request",
  );
  return {
    mails,
    inVersions: versions !== undefined,
    ...readSchedule(body, now),
    ...readIdempotencyKey(common.headers),
    sandbox: headerOf(common.headers, "x-sib-sandbox") === "drop",
  };
}

interface Common extends Omit<MailContent, "to"> {
  readonly to: readonly MailAddress[];
  readonly params: Params;
}

function readCommon(body: Fields): Common {
  if (body["sender"] === undefined) throw new ApiError("missing_parameter", "sender is missing");
  const sender = readSender(body["sender"]);
  if (body["templateId"] !== undefined) throw new ApiError("invalid_parameter", "templateId is not valid");
  const replyTo = body["replyTo"] === undefined ? {} : { replyTo: readAddress(body["replyTo"], "replyTo") };
  return {
    sender,
    ...replyTo,
    to: [],
    cc: [],
    bcc: [],
    subject: optionalText(body, "subject") ?? "",
    ...contentOf(body),
    headers: readHeaders(body["headers"]),
    tags: readTags(body["tags"]),
    attachments: readAttachments(body["attachment"]),
    params: readParams(body["params"], MOST_PARAMS),
  };
}

/** What may differ from version to version; without versions, the mail itself. */
function readVersion(fields: Fields, common: Common, place: string): MailContent {
  const within = place === "" ? "" : ` in ${place}`;
  if (fields["to"] === undefined) throw new ApiError("missing_parameter", `to is missing${within}`);
  const people = {
    to: readAddresses(fields["to"], "to", within),
    cc: readAddresses(fields["cc"] ?? [], "cc", within),
    bcc: readAddresses(fields["bcc"] ?? [], "bcc", within),
  };
  if (people.to.length === 0) throw new ApiError("missing_parameter", `to is missing${within}`);
  const recipients = people.to.length + people.cc.length + people.bcc.length;
  refuseTooMany(recipients, MOST_PER_VERSION, place || "to, cc and bcc");
  const own = contentOf(fields);
  const { params: usual, ...rest } = common;
  const content = { ...rest, ...own };
  if (content.htmlContent === undefined && content.textContent === undefined)
    throw new ApiError("missing_parameter", `htmlContent is missing${within}`);
  const subject = optionalText(fields, "subject") ?? common.subject;
  if (subject === "") throw new ApiError("missing_parameter", `subject is missing${within}`);
  const params = place === "" ? usual : { ...usual, ...readParams(fields["params"], MOST_PARAMS) };
  const replyTo =
    fields["replyTo"] === undefined ? {} : { replyTo: readAddress(fields["replyTo"], "replyTo") };
  return {
    ...content,
    ...people,
    ...replyTo,
    subject: filled(subject, params),
    ...(content.htmlContent === undefined ? {} : { htmlContent: filled(content.htmlContent, params) }),
    ...(content.textContent === undefined ? {} : { textContent: filled(content.textContent, params) }),
  };
}

function readVersions(body: Fields): ((common: Common) => readonly MailContent[]) | undefined {
  const versions = body["messageVersions"];
  if (versions === undefined) return undefined;
  if (!Array.isArray(versions) || versions.length === 0)
    throw new ApiError("invalid_parameter", "messageVersions is not valid");
  const each = versions.map((version: unknown) => {
    if (!isFields(version)) throw new ApiError("invalid_parameter", "messageVersions is not valid");
    return version;
  });
  const together = each.reduce((sum, { params }) => sum + Buffer.byteLength(JSON.stringify(params ?? {})), 0);
  if (together > MOST_PARAMS_TOGETHER)
    throw new ApiError("invalid_parameter", "params of all messageVersions exceed 1000 KB");
  return (common) => {
    const plain = common.htmlContent === undefined && common.textContent === undefined;
    return each.map((version) => {
      const own = contentOf(version);
      if (plain && (own.htmlContent !== undefined || own.textContent !== undefined))
        throw new ApiError("missing_parameter", "htmlContent is missing"); // a version may only change what is there
      return readVersion(version, common, "messageVersions");
    });
  };
}

function readSender(value: unknown): MailAddress {
  if (isFields(value) && value["email"] === undefined && typeof value["id"] === "number")
    throw new ApiError("invalid_parameter", "sender id is not valid"); // the account has no stored senders
  return readAddress(value, "sender");
}

function contentOf(fields: Fields): { htmlContent?: string; textContent?: string } {
  const htmlContent = optionalText(fields, "htmlContent") || undefined;
  const textContent = optionalText(fields, "textContent") || undefined;
  return { ...(htmlContent && { htmlContent }), ...(textContent && { textContent }) };
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isFields(value)) throw new ApiError("invalid_parameter", "headers is not valid");
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string" || !/^[\w.-]+$/.test(name) || /[\r\n]/.test(text))
      throw new ApiError("invalid_parameter", "headers is not valid");
  }
  return value as Record<string, string>;
}

function readTags(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((tag) => typeof tag === "string" && tag !== ""))
    throw new ApiError("invalid_parameter", "tags is not valid");
  return value as string[];
}

function readSchedule(body: Fields, now: number): { scheduledAt?: number; batchId?: string } {
  const { scheduledAt, batchId } = body;
  if (batchId !== undefined && (typeof batchId !== "string" || !UUID4.test(batchId)))
    throw new ApiError("invalid_parameter", "batchId is not valid");
  const batch = batchId === undefined ? {} : { batchId };
  if (scheduledAt === undefined) return batch;
  const at =
    typeof scheduledAt === "string" && /^\d{4}-\d\d-\d\dT/.test(scheduledAt)
      ? Date.parse(scheduledAt)
      : Number.NaN;
  if (Number.isNaN(at) || at <= now) throw new ApiError("invalid_parameter", "scheduledAt is not valid");
  if (at > now + MOST_HOURS_AHEAD * 3_600_000)
    throw new ApiError("out_of_range", "scheduledAt is more than 72 hours ahead");
  return { ...batch, scheduledAt: at };
}

/** The guide spells it one way, the client's comment another. */
function readIdempotencyKey(headers: Readonly<Record<string, string>>): { idempotencyKey?: string } {
  const idempotencyKey = headerOf(headers, "idempotencykey") ?? headerOf(headers, "idempotency-key");
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/** A header of the mail, whatever its case. */
export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new ApiError("invalid_parameter", `${name} is not valid`);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

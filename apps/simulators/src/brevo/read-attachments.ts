import type { MailAttachment } from "./account-state.ts";
import { ApiError } from "./api-error.ts";

/** The extensions that are sent. */
const EXTENSIONS = new Set(
  `xlsx xls ods docx docm doc csv pdf txt gif jpg jpeg png tif tiff rtf bmp cgm css shtml html htm zip xml ppt pptx tar ez
  ics mobi msg pub eps odt mp3 m4a m4v wma ogg flac wav aif aifc aiff mp4 mov avi mkv mpeg mpg wmv pkpass xlsm`.split(
    /\s+/,
  ),
);

/** Only how much there was is kept. @throws ApiError */
export function readAttachments(value: unknown): readonly MailAttachment[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length === 0)
    throw new ApiError("invalid_parameter", "attachment is not valid");
  return value.map(readAttachment);
}

function readAttachment(value: unknown): MailAttachment {
  const { name, content, url } = (value ?? {}) as Record<string, unknown>;
  if (content !== undefined) {
    if (typeof name !== "string" || name === "")
      throw new ApiError("missing_parameter", "name is missing in attachment");
    if (typeof content !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(content) || content.length % 4 !== 0)
      throw new ApiError("invalid_parameter", "content is not valid in attachment");
    refuseExtension(name);
    return { name, bytes: Buffer.byteLength(content, "base64") };
  }
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new ApiError("invalid_parameter", "url is not valid in attachment");
  const own =
    typeof name === "string" && name !== "" ? name : (new URL(url).pathname.split("/").at(-1) ?? "");
  refuseExtension(own);
  return { name: own, url, bytes: 0 };
}

function refuseExtension(name: string): void {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (!EXTENSIONS.has(extension))
    throw new ApiError("invalid_parameter", "Unsupported file format in attachment");
}

/** Codes of Brevo's errorModel, `{code,message}`, and the HTTP status that goes with each. */
const STATUS = {
  bad_request: 400,
  invalid_parameter: 400,
  missing_parameter: 400,
  out_of_range: 400,
  duplicate_parameter: 400,
  duplicate_request: 400,
  unauthorized: 401,
  not_enough_credits: 402,
  account_under_validation: 403,
  permission_denied: 403,
  document_not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  too_many_requests: 429,
  internal_server_error: 500,
} as const;

export type ApiErrorCode = keyof typeof STATUS;

/** A refusal as the API writes it. The text names a field, never what was in it. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ApiErrorCode, message: string, metadata?: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.metadata = metadata;
  }

  get status(): number {
    return STATUS[this.code];
  }

  get body(): Readonly<Record<string, unknown>> {
    const { code, message, metadata } = this;
    return metadata === undefined ? { code, message } : { code, message, metadata };
  }
}

/** A refusal of the service: an HTTP status, a code (a rule's name where a rule is broken) and a sentence. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @throws ServiceError 400 */
export function refuse(code: string, message: string): never {
  throw new ServiceError(400, code, message);
}

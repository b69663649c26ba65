/** What a controller is told of the person and of the message, beside the facts. Sealed under the request's own key. */
export interface RequestPart {
  /** Who wrote, as it was written. */
  readonly name?: string;
  readonly address?: string;
  /** Whom it is about, when that is somebody else. */
  readonly concerns?: string;
  readonly school?: string;
  /** What may be passed on of the text: nobody else stands in it. */
  readonly text?: string;
}

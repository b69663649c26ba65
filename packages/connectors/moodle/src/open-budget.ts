/** How much one file may open to, with all that lies in it: a packed file of a few kilobytes may open to gigabytes. */

const MOST_BYTES = 48 * 1024 * 1024;
const MOST_PARTS = 20_000;

export type Opener = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

export class OpenBudget {
  /** There is more in the file than was read. */
  unread = false;
  private bytes = MOST_BYTES;
  private parts = MOST_PARTS;

  /** Whether that many bytes may still be read. */
  take(bytes: number): boolean {
    this.bytes -= bytes;
    if (this.bytes < 0) this.unread = true;
    return this.bytes >= 0;
  }

  /** Whether one more part may be opened. */
  takePart(): boolean {
    this.parts -= 1;
    if (this.parts < 0) this.unread = true;
    return this.parts >= 0;
  }

  /** Empty for what is broken, or opens to more than is left. */
  open(packed: Buffer, by: Opener): Buffer {
    if (!this.takePart() || this.bytes <= 0) {
      this.unread = true;
      return Buffer.alloc(0);
    }
    try {
      const opened = by(packed, { maxOutputLength: this.bytes });
      this.take(opened.length);
      return opened;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
        this.unread = true;
        this.bytes = 0;
      }
      return Buffer.alloc(0);
    }
  }
}

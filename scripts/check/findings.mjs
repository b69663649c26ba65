/**
 * What a check reports: where, what is wrong, and what to do about it.
 *
 * @typedef {{file: string, line?: number | undefined, message: string, remedy?: string | undefined}} Finding
 */

/**
 * @param {Finding[]} findings
 * @param {NodeJS.WritableStream} stream
 */
export function printFindings(findings, stream) {
  for (const { file, line, message, remedy } of findings) {
    stream.write(`    ${file}${line === undefined ? "" : `:${line}`}  ${message}\n`);
    if (remedy !== undefined) stream.write(`      → ${remedy}\n`);
  }
}

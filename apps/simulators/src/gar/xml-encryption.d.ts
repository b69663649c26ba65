/** What is used of `xml-encryption`, whose own types leave the digest of the key transport out. */
declare module "xml-encryption" {
  export interface EncryptOptions {
    readonly rsa_pub: string | Buffer;
    readonly pem: string | Buffer;
    readonly encryptionAlgorithm: string;
    readonly keyEncryptionAlgorithm: string;
    readonly keyEncryptionDigest?: "sha1" | "sha256" | "sha512";
    readonly warnInsecureAlgorithm?: boolean;
  }
  const xmlEncryption: {
    encrypt(
      content: string,
      options: EncryptOptions,
      callback: (error: Error | null, result: string) => void,
    ): void;
  };
  export default xmlEncryption;
}

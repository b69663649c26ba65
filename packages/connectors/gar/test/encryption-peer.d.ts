/** What the tests use of xml-encryption, which has no types of its own. */
declare module "xml-encryption" {
  interface EncryptOptions {
    readonly rsa_pub: string;
    readonly pem: string;
    readonly encryptionAlgorithm: string;
    readonly keyEncryptionAlgorithm: string;
  }
  const xmlEncryption: {
    encrypt(
      content: string,
      options: EncryptOptions,
      done: (error: Error | null, encrypted: string) => void,
    ): void;
  };
  export default xmlEncryption;
}

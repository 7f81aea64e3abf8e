/** The host's keychain (Electron `safeStorage`); a host without one worth the name gives null instead. */
export type SecretBox = { encrypt(plain: Buffer): Promise<Buffer>; decrypt(sealed: Buffer): Promise<Buffer> };

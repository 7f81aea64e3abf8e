/** For tests: the smallest real files of each format that is drawn, all 1 × 1 or 2 × 3 pixels. */
export const TINY = {
  png: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEklEQVR4nGP8z8DAwMDAxIAMAAwSAQVTjLpjAAAAAElFTkSuQmCC', 'base64'),
  gif: Buffer.from('R0lGODlhAgADAIAAAP///wAAACwAAAAAAgADAAACAoRRADs=', 'base64'),
  webp: Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoCAAMAAUAmJaQAA3AA/v3AgAA=', 'base64'),
  jpeg: Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from('ffc0000b080003000201011100', 'hex'), Buffer.from('ffd9', 'hex')]),
} as const;

/** For tests: bytes that begin like a PDF and have this length. */
export function pdfBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length, 'x');
  bytes.write('%PDF-1.7\n');
  return bytes;
}

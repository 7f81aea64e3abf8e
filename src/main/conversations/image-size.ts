/** Pixels of an image. */
export type ImageSize = { width: number; height: number };

/** More pixels than this are not drawn: decoded they would take a gigabyte of the page's memory. */
export const MAX_IMAGE_PIXELS = 120_000_000;

/** Width and height from the first bytes of a PNG, JPEG, GIF or WebP; undefined when they are not there (a cut-off or crafted file). */
export function imageSize(bytes: Uint8Array, mime: string): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = readSize(view, mime);
    return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    // reading past the end of a cut-off file
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readSize(view: DataView, mime: string): ImageSize | undefined {
  switch (mime) {
    case 'image/png':
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 'image/gif':
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'image/jpeg':
      return jpegSize(view);
    case 'image/webp':
      return webpSize(view);
    default:
      return undefined;
  }
}

/** The frame header of ITU T.81 B.2.2: SOF0–SOF15 but DHT (C4), JPG (C8) and DAC (CC). */
function jpegSize(view: DataView): ImageSize | undefined {
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** RFC 9649: the canvas of VP8X, else the frame of VP8L or VP8. */
function webpSize(view: DataView): ImageSize | undefined {
  const form = String.fromCodePoint(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (form === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (form === 'VP8 ') return { width: view.getUint16(26, true) % 0x4000, height: view.getUint16(28, true) % 0x4000 };
  if (form !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits % 0x4000), height: 1 + ((bits >>> 14) % 0x4000) };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

/** The nearest int8 numbers to a unit vector times `scale`. A vector that is not a number anywhere (a text without one known token) becomes zeros, which match nothing. */
export function toInt8(row: Float32Array, scale: number): Int8Array {
  const whole = new Int8Array(row.length);
  for (let at = 0; at < row.length; at++) {
    const scaled = Math.round((row[at] as number) * scale);
    // a number that is none is 0 in an Int8Array
    whole[at] = scaled > 127 ? 127 : scaled < -127 ? -127 : scaled;
  }
  return whole;
}

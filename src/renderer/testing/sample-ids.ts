const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID-shaped id with a readable tail, `sampleId('C', 7)`; ids of one letter sort by number. */
export function sampleId(letter: string, number: number): string {
  let rest = number;
  let tail = '';
  for (let place = 0; place < 6; place += 1) {
    tail = `${ALPHABET[rest % 32]}${tail}`;
    rest = Math.floor(rest / 32);
  }
  return `01K${letter}`.padEnd(20, '0') + tail;
}

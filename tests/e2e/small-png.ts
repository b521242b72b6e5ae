// A picture of a screen in 256 colours: a quarter of its size, and the eye sees no difference. PNG as in ISO/IEC 15948.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Pixels {
  width: number;
  height: number;
  /** Red, green and blue of each pixel, as one number. */
  colours: Uint32Array;
}

/** What a browser's screenshot is: eight bits a channel, with or without transparency, not interlaced. */
export function inFewColours(png: Buffer): Buffer {
  const pixels = decode(png);
  const { palette, indexes } = reduce(pixels.colours);
  return encode(pixels, palette, indexes);
}

function decode(png: Buffer): Pixels {
  const chunks = [...chunksOf(png)];
  const header = chunks.find(({ type }) => type === 'IHDR')!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9]!];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0)
    throw new Error('Not a PNG as a browser makes it.');
  const raw = inflateSync(Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : []))));
  const bytes = unfiltered(raw, width * channels, height, channels);
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const at = pixel * channels;
    colours[pixel] = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  }
  return { width, height, colours };
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

/** Section 9: each row says what its bytes were subtracted from. */
function unfiltered(raw: Buffer, rowBytes: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (rowBytes + 1)]!;
    for (let index = 0; index < rowBytes; index++) {
      const at = row * rowBytes + index;
      const left = index >= step ? out[at - step]! : 0;
      const above = row > 0 ? out[at - rowBytes]! : 0;
      const corner = row > 0 && index >= step ? out[at - rowBytes - step]! : 0;
      out[at] = raw[row * (rowBytes + 1) + 1 + index]! + predicted(filter, left, above, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const guess = left + above - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      return 0;
  }
}

/** The most frequent colours stay exactly, and one of each that is unlike them; any other becomes the nearest. */
function reduce(colours: Uint32Array): { palette: number[]; indexes: Buffer } {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const palette = byCount.slice(0, 192);
  for (const colour of byCount.slice(192)) {
    if (palette.length === 256) break;
    if (distance(palette[nearest(palette, colour)]!, colour) > 600) palette.push(colour);
  }
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const indexes = Buffer.alloc(colours.length);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const colour = colours[pixel]!;
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    indexes[pixel] = place;
  }
  return { palette, indexes };
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (const [place, one] of palette.entries())
    if (distance(one, colour) < distance(palette[best]!, colour)) best = place;
  return best;
}

function distance(a: number, b: number): number {
  const of = (bits: number): number => (((a >> bits) & 255) - ((b >> bits) & 255)) ** 2;
  return of(16) + of(8) + of(0);
}

function encode({ width, height }: Pixels, palette: readonly number[], indexes: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits an index, a palette; the three that follow stay zero.
  header.set([8, 3], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) indexes.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

import type { ModelFile } from '#model/content.ts';
import type { HashedModel } from '#model/unit.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Throws a `RangeError` when the file does not hold what it says. */
export function decodeModel(file: ModelFile): HashedModel {
  const weights = new Float32Array(file.size);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < file.weights.length && at < file.size; i++) {
    const value = valueOf(file.weights.charCodeAt(i));
    if (value < 0) throw new RangeError(`the weights of model ${file.id} are not base64`);
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    weights[at++] = (((held >> bits) << 24) >> 24) * file.scale;
  }
  if (at !== file.size) throw new RangeError(`model ${file.id} holds ${at} weights instead of ${file.size}`);
  return { size: file.size, bias: file.bias, weights };
}

/** Rounds weights to 255 steps: the loss is below what the order of training examples makes. */
export function encodeModel(id: string, version: string, model: HashedModel): ModelFile {
  const scale = model.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
  let weights = '';
  for (let i = 0; i < model.size; i += 3) {
    const [a, b, c] = [0, 1, 2].map((offset) => Math.round((model.weights[i + offset] ?? 0) / scale) & 0xff) as [number, number, number];
    const triple = (a << 16) | (b << 8) | c;
    for (const shift of [18, 12, 6, 0]) weights += alphabet[(triple >> shift) & 63];
  }
  return { id, version, bias: model.bias, scale, size: model.size, weights };
}

function valueOf(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  return code === 43 ? 62 : code === 47 ? 63 : -1;
}

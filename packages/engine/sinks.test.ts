import { expect, test } from 'vitest';
import { openSinks } from './sinks.ts';

const surroundings = { secrets: new Map<string, string>(), readSecret: () => '' } as unknown as Parameters<typeof openSinks>[1];

test('an address of a web server that does not say what listens there is answered with what most mean', async () => {
  await expect(openSinks(['http://127.0.0.1:9/secret'], surroundings)).rejects.toThrow(/http:\/\/127\.0\.0\.1:9 is nothing that signals can be handed to: write webhook\+http:\/\/ for a plain webhook/);
  await expect(openSinks(['gopher://127.0.0.1'], surroundings)).rejects.toThrow(/can be handed to; known are/);
});

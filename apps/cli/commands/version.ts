import { defineCommand, exitCodes } from '../command.ts';

export default defineCommand({
  name: 'version',
  summary: 'Say which watchward this is',
  description: 'Prints the version; with --json also the digests of the program and of its content, and the runtime.',
  unconfigured: true,
  options: { json: { type: 'boolean', help: 'Print JSON' } },
  examples: [{ command: 'watchward version --json', explain: 'Everything that identifies this program.' }],
  async run({ options, io }) {
    const { toolIdentity } = await import('#engine/identity.ts');
    const identity = { ...toolIdentity(), node: process.versions.node, platform: `${process.platform}-${process.arch}` };
    if (options.flag('json')) io.stdout(`${JSON.stringify(identity, undefined, 2)}\n`);
    else io.stdout(`watchward ${identity.version}, content of ${identity.contentDate}\n`);
    return exitCodes.clean;
  },
});

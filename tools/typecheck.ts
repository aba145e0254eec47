/** `npm run typecheck`: the pure stages without any types of Node, then everything. */
import { generate } from './generate.ts';
import { runNode } from './program.ts';

const errors = generate();
for (const error of errors) process.stderr.write(`content: ${error}\n`);

for (const project of ['tsconfig.pure.json', 'tsconfig.json']) {
  const { code, output } = await runNode(['node_modules/typescript/bin/tsc', '-p', project, '--pretty', 'false'], { show: false });
  process.stdout.write(`${output}typecheck: ${project} ${code === 0 ? 'holds' : 'does not hold'}\n`);
  if (code !== 0) process.exitCode = 1;
}

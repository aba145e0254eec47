/** `npm run new -- KIND NAME`: writes a unit and its cases, which fail until both are written. Nothing else is edited. */
import { root } from './program.ts';
import { scaffold, ScaffoldError } from './new/scaffold.ts';
import { templates } from './new/templates.ts';

const [kind, argument, ...rest] = process.argv.slice(2);
const template = templates.find((one) => one.kind === kind);
if (template === undefined || argument === undefined || rest.length > 0) {
  const lines = (template === undefined ? templates : [template]).map(({ usage }) => `  npm run new -- ${usage}\n`);
  process.stderr.write(`usage:\n${lines.join('')}`);
  process.exitCode = 3;
} else {
  try {
    const files = scaffold(root, template, argument);
    process.stdout.write(`${files.join('\n')}\nIts cases fail now: write them, then the unit. \`npm test\` tells when both agree.\n`);
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 3;
  }
}

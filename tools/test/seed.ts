/** Set up before every test file: what property tests draw is the same in each run, so that a change is judged by what it changed. `WATCHWARD_SEED=random` or a number draws anew. */
import fc from 'fast-check';

const asked = process.env['WATCHWARD_SEED'] ?? '20261129';
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });

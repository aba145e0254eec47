import { accounts } from './accounts.ts';
import { cron } from './cron.ts';
import { pam } from './pam.ts';
import type { Program } from './program.ts';
import { sshd } from './sshd.ts';
import { su } from './su.ts';
import { sudo } from './sudo.ts';

/** In the order in which a line is shown to them. */
export const programs: readonly Program[] = [pam, sshd, sudo, su, cron, accounts];

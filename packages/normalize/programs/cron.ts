import { ocsfClasses } from '#formats/ocsf.ts';
import { userOf } from '../parts.ts';
import { hostDevice } from './program.ts';
import type { Program } from './program.ts';

const apps = /^(?:\/usr\/sbin\/)?(?:cron|crond|crontab|anacron|CROND?|CRONTAB)$/;
const line = /^\((\S{1,64})\) ([A-Z ]{3,24}) \((.{0,32768})\)$/s;
/** What `crontab` did to a table of jobs; `LIST` and what is not named here is told by its own word. */
const changes: ReadonlyMap<string, number> = new Map([['CMD', 6], ['REPLACE', 2], ['END EDIT', 2], ['DELETE', 3], ['RELOAD', 2]]);

/** Cron: jobs that start, and tables of jobs that change. */
export const cron: Program = {
  service: 'cron',
  product: { name: 'cron', vendor_name: 'cron' },
  mark: /cron/i,
  read({ app, host, message }) {
    const found = apps.test(app) ? line.exec(message) : null;
    if (found === null) return undefined;
    const [, user = '', action = '', detail = ''] = found;
    const isRun = action === 'CMD';
    return {
      class: ocsfClasses.scheduledJobActivity, activity: changes.get(action) ?? 99, activityName: action, outcome: 'success',
      attributes: {
        device: hostDevice(host),
        job: { name: isRun && detail !== '' ? detail : `crontab of ${detail}`, cmd_line: isRun ? detail : undefined, user: userOf(isRun ? user : detail) },
        actor: { user: userOf(user) },
      },
      names: { user, action, command: isRun ? detail : undefined },
    };
  },
};

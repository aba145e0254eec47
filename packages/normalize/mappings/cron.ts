import { defineProgramMapping } from '../programs/program.ts';
import { cron } from '../programs/cron.ts';

export default defineProgramMapping('cron', 'Cron', cron);

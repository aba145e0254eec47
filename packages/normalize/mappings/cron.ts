import { defineProgramMapping } from '../programs/program.ts';
import { cron } from '../programs/cron.ts';

export default defineProgramMapping({ id: 'cron', title: 'Cron', program: cron });

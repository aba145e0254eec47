import { defineProgramMapping } from '../programs/program.ts';
import { sudo } from '../programs/sudo.ts';

export default defineProgramMapping({ id: 'sudo', title: 'Sudo', program: sudo });

import { defineProgramMapping } from '../programs/program.ts';
import { su } from '../programs/su.ts';

export default defineProgramMapping({ id: 'su', title: 'Su', program: su });

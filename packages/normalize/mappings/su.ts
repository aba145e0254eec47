import { defineProgramMapping } from '../programs/program.ts';
import { su } from '../programs/su.ts';

export default defineProgramMapping('su', 'Su', su);

import { crowdCost } from '/work/wt/entities/bench/organisation/crowd-cost.ts';
const c = crowdCost(50_000); console.log(c.microseconds, c.megabytes);

import { recalling } from '../recalling.ts';

const longest = 200;

/** A program as its user agent names it, without versions: an update is no new tool. */
export function toolOf(agent: string): string {
  return named(agent.slice(0, longest));
}

const named = recalling((written) => (written.match(/[A-Za-z][A-Za-z_.-]{1,30}/g) ?? []).filter((word) => !/^(?:like|gecko|khtml|compatible|mozilla|applewebkit|version|exec-env|md|cfg|ua|lang|api|os|x\d*)$/i.test(word)).slice(0, 5).join(' ').toLowerCase() || written.slice(0, 40));

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of a month as logs write it: 0 for `Jan`, -1 for what is none. */
export function monthOf(name: string): number {
  return names.indexOf(name);
}

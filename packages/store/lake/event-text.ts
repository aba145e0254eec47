import type { Event } from '#model/event.ts';

/** Most characters of one event; what is larger is kept without its original record. */
export const eventLimit = 1024 * 1024;

/** Half of a character, which JSON can write and other readers refuse; an escaped backslash before `ud` is another matter. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** An event as JSON. `cut`: it was too large or could not be written, and parts are left out. */
export function eventText(event: Event): { readonly text: string; readonly cut: boolean } {
  const whole = textOf(event);
  if (whole !== undefined && whole.length <= eventLimit) return { text: whole, cut: false };
  const { unmapped: _unmapped, raw_data: _raw, ...mapped } = event;
  const shorter = textOf(mapped);
  if (shorter !== undefined && shorter.length <= eventLimit) return { text: shorter, cut: true };
  const { class_uid, class_name, category_uid, activity_id, type_uid, severity_id, time } = event;
  return { text: JSON.stringify({ class_uid, class_name, category_uid, activity_id, type_uid, severity_id, time }), cut: true };
}

function textOf(event: object): string | undefined {
  try {
    return repaired(JSON.stringify(event));
  } catch {
    // A value that JSON has no form for: a circle, a BigInt.
    return undefined;
  }
}

function repaired(text: string): string {
  return text.includes('\\ud') ? text.replaceAll(loneSurrogate, '$1\\ufffd') : text;
}

/**
 * Where in a page an output stands, as far as that decides whether encoding for HTML makes it harmless.
 * `text`: it does (between tags, in quoted attributes, in strings of scripts). `script`: it is code. `bare`: in a tag without quotes round it. `data`: it is not run.
 */
export type PagePlace = 'text' | 'script' | 'bare' | 'data';

type Mode = 'text' | 'tag' | 'quoted' | 'unquoted' | 'script' | 'style' | 'comment';

/** Attributes that hold code or a page of their own, which is decoded before it is run. */
const coded = /^(?:on[a-z]+|srcdoc)$/;
/** HTML, 4.12.1: what a script element holds is run only where its type says so. */
const runs = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/;

/** Follows the text of a page from its beginning (HTML, 13.2.5, as far as is needed here). */
export class PageReader {
  private mode: Mode = 'text';
  private tag = '';
  private attribute = '';
  /** Behind `=`, before the value. */
  private awaits = false;
  private quote = '';
  private type = '';
  private value = '';
  /** Within a script: in a string or comment, by what ends it. */
  private until = '';

  place(): PagePlace {
    switch (this.mode) {
      case 'tag':
      case 'unquoted': return 'bare';
      case 'quoted': return coded.test(this.attribute) ? 'script' : 'text';
      case 'script': return runs.test(this.type) ? this.placeInScript() : 'data';
      case 'style':
      case 'comment': return 'data';
      default: return 'text';
    }
  }

  private placeInScript(): PagePlace {
    if (this.until === '' || this.until === '`') return 'script';
    return this.until === '"' || this.until === "'" ? 'text' : 'data';
  }

  /** An output stands here. */
  output(): void {
    if (this.mode !== 'tag' || !this.awaits) return;
    this.mode = 'unquoted';
    this.awaits = false;
  }

  read(text: string): void {
    for (let at = 0; at < text.length; ) at += this.step(text, at);
  }

  /** Gives how many characters were taken. */
  private step(text: string, at: number): number {
    const one = text[at] as string;
    switch (this.mode) {
      case 'text': return this.inText(text, at, one);
      case 'comment': return this.leave(text, at, '-->');
      case 'style': return this.leave(text, at, '</style');
      case 'script': return this.inScript(text, at, one);
      case 'quoted':
        if (one === this.quote) this.endValue();
        else this.value += one;
        return 1;
      case 'unquoted':
        if (one === '>' || /\s/.test(one)) this.endValue();
        else this.value += one;
        return one === '>' ? 0 : 1;
      default: return this.inTag(text, at, one);
    }
  }

  private inText(text: string, at: number, one: string): number {
    if (one !== '<') return 1;
    if (text.startsWith('<!--', at)) {
      this.mode = 'comment';
      return 4;
    }
    const name = /^<\/?[A-Za-z][\w:-]*/.exec(text.slice(at, at + 100))?.[0];
    if (name === undefined) return 1;
    this.mode = 'tag';
    this.tag = name.slice(1).toLowerCase();
    this.attribute = '';
    this.awaits = false;
    this.type = '';
    return name.length;
  }

  private inTag(text: string, at: number, one: string): number {
    if (one === '>') {
      this.mode = this.tag === 'script' ? 'script' : this.tag === 'style' ? 'style' : 'text';
      this.until = '';
      return 1;
    }
    if (this.awaits && !/\s/.test(one)) {
      this.awaits = false;
      this.value = '';
      this.mode = one === '"' || one === "'" ? 'quoted' : 'unquoted';
      this.quote = one;
      return this.mode === 'quoted' ? 1 : 0;
    }
    if (one === '=') {
      this.awaits = true;
      return 1;
    }
    const name = /^[^\s=>"'/]+/.exec(text.slice(at, at + 100))?.[0];
    if (name !== undefined) this.attribute = name.toLowerCase();
    return name?.length ?? 1;
  }

  private endValue(): void {
    if (this.attribute === 'type') this.type = this.value.trim().toLowerCase();
    this.mode = 'tag';
  }

  private inScript(text: string, at: number, one: string): number {
    if (one === '<' && /^<\/script/i.test(text.slice(at, at + 8))) return this.leave(text, at, '</script');
    if (this.until !== '') {
      if (one === '\\') return 2;
      // A string does not go on in the next line.
      if (text.startsWith(this.until, at) || (one === '\n' && this.until !== '`' && this.until !== '*/')) this.until = '';
      return 1;
    }
    if (one === '"' || one === "'" || one === '`') this.until = one;
    else if (text.startsWith('//', at)) this.until = '\n';
    else if (text.startsWith('/*', at)) this.until = '*/';
    return 1;
  }

  private leave(text: string, at: number, end: string): number {
    if (text.slice(at, at + end.length).toLowerCase() !== end) return 1;
    this.mode = end === '-->' ? 'text' : 'tag';
    this.tag = '';
    return end.length;
  }
}

/** Numbers that a search comes to; an array whose length is set costs more. */
export class Hits {
  numbers = new Int32Array(64);
  count = 0;

  add(number: number): void {
    if (this.count === this.numbers.length) {
      const more = new Int32Array(this.count * 2);
      more.set(this.numbers);
      this.numbers = more;
    }
    this.numbers[this.count++] = number;
  }
}

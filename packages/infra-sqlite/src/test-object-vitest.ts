import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

// Vitest's own words for a suite that runs inside a Durable Object, where Vitest does not. Its `expect` is Vitest's.

type Body = (...row: unknown[]) => unknown;

/** The tests that were declared so far, by their full names. */
export const tests = new Map<string, () => unknown>();
let titles: readonly string[] = [];

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

type Expect = typeof chai.expect;

/** As Vitest puts its own together. */
export const expect: Expect = Object.assign(((value, message) => chai.expect(value, message)) as Expect, chai.expect);
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect });
Object.assign(expect, Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT));
setState({ assertionCalls: 0 }, expect as never);

export function describe(title: string, declare: () => void): void {
  const outer = titles;
  titles = [...outer, title];
  declare();
  titles = outer;
}

export function test(title: string, body: Body): void {
  tests.set([...titles, title].join(" > "), () => body());
}

test.each = (rows: readonly unknown[]) => (title: string, body: Body) => {
  for (const [index, row] of rows.entries()) {
    const values = Array.isArray(row) ? row : [row];
    tests.set([...titles, `${title} (${index + 1})`].join(" > "), () => body(...values));
  }
};

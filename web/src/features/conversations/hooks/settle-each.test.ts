import { expect, it } from "vitest";
import { settleEach } from "./settle-each";

it("does each once, few at a time, and goes on after a failure", async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  const { done, failed } = await settleEach([1, 2, 3, 4, 5, 6, 7, 8, 9], async (n) => {
    seen.push(n);
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (n % 4 === 0) throw new Error(`not ${n}`);
    return n * 10;
  });
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(4);
  expect(done.map(([, result]) => result).sort((a, b) => a - b)).toEqual([10, 20, 30, 50, 60, 70, 90]);
  expect(failed.map(([n]) => n)).toEqual([4, 8]);
});

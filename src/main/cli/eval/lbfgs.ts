/** Value of a smooth function at `x`; writes its gradient. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;
export type MinimiseOptions = { /** Ends when no part of the gradient is larger. */ tolerance: number; maxIterations: number; /** Awaited between iterations. */ breathe: () => Promise<void> };

const MEMORY = 10;
const SUFFICIENT_DECREASE = 1e-4;
const MAX_HALVINGS = 30;

type Step = { move: Float64Array; turn: Float64Array; rho: number };

/**
 * A minimum of a convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.4; ten pairs, step halved until Armijo's condition holds).
 * The same start gives the same answer every time.
 */
export async function minimise(objective: Objective, start: Float64Array, { tolerance, maxIterations, breathe }: MinimiseOptions): Promise<Float64Array> {
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(x.length);
  let value = objective(x, gradient);
  const steps: Step[] = [];
  for (let iteration = 0; iteration < maxIterations && largest(gradient) > tolerance; iteration++) {
    await breathe();
    const direction = descent(gradient, steps);
    const next = search(objective, { x, gradient, value, direction, firstStep: steps.length === 0 ? 1 / Math.max(1, norm(gradient)) : 1 });
    if (next === undefined) break;
    remember(steps, minus(next.x, x), minus(next.gradient, gradient));
    ({ x, gradient, value } = next);
  }
  return x;
}

type Point = { x: Float64Array; gradient: Float64Array; value: number };

/** Halves the step until the value falls enough; undefined when nothing along the direction is lower (the numbers are as good as they get). */
function search(objective: Objective, from: Point & { direction: Float64Array; firstStep: number }): Point | undefined {
  const slope = inner(from.gradient, from.direction);
  let step = from.firstStep;
  for (let halving = 0; halving < MAX_HALVINGS; halving++, step /= 2) {
    const x = from.x.map((at, index) => at + step * (from.direction[index] as number));
    const gradient = new Float64Array(x.length);
    const value = objective(x, gradient);
    if (value <= from.value + SUFFICIENT_DECREASE * step * slope) return { x, gradient, value };
  }
  return undefined;
}

/** The two-loop recursion: minus the gradient times what the last steps tell of the inverse Hessian. */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const shares = steps.toReversed().map(({ move, turn, rho }) => {
    const share = rho * inner(move, direction);
    add(direction, -share, turn);
    return share;
  });
  const last = steps.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * inner(last.turn, last.turn));
    for (let index = 0; index < direction.length; index++) direction[index] = (direction[index] as number) * scale;
  }
  for (const [place, { move, turn, rho }] of steps.entries()) add(direction, (shares[steps.length - 1 - place] as number) - rho * inner(turn, direction), move);
  return direction;
}

/** Only steps along which the gradient grew keep the estimate positive definite. */
function remember(steps: Step[], move: Float64Array, turn: Float64Array): void {
  const curvature = inner(move, turn);
  if (curvature <= Number.EPSILON * inner(turn, turn)) return;
  steps.push({ move, turn, rho: 1 / curvature });
  if (steps.length > MEMORY) steps.shift();
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function add(to: Float64Array, share: number, from: Float64Array): void {
  for (let index = 0; index < to.length; index++) to[index] = (to[index] as number) + share * (from[index] as number);
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((part, index) => part - (b[index] as number));
}

function norm(a: Float64Array): number {
  return Math.sqrt(inner(a, a));
}

function largest(a: Float64Array): number {
  return a.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
}

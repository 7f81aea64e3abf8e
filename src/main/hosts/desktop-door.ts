import { desktopCallSchemas, type DesktopCallName, type DesktopCalls } from '../../shared/desktop-bridge.ts';

/** Answers one call of the page to its window; call and input come from outside and are parsed here, the answer as well. */
export async function answerDesktop(desktop: DesktopCalls, call: unknown, input: unknown): Promise<unknown> {
  if (typeof call !== 'string' || !Object.hasOwn(desktopCallSchemas, call)) throw new Error('no such call');
  const name = call as DesktopCallName;
  const schemas = desktopCallSchemas[name];
  // the table pairs each name with its own schemas, which the compiler cannot follow through a union
  const answer = await (desktop[name] as (input: unknown) => Promise<unknown>)(schemas.input.parse(input));
  return schemas.output.parse(answer);
}

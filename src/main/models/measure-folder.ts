import type { ModelForm } from '../engine/model-manifest.ts';
import { loadRuntimeModel } from '../engine/runtime-model.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { measureModel, type ModelMeasure } from './measure-model.ts';

export type MeasureRequest = { dir: string; form: ModelForm };
/** What the measuring process answers. A type, not an interface: `callPort` needs it indexable. */
export type MeasureHandlers = { measure(input: MeasureRequest): Promise<ModelMeasure> };

/** Runs the model of a folder for the first time. @throws DeskmateError file_refused when it does not load or run, engine_down when it gives no vectors */
export async function measureFolder({ dir, form }: MeasureRequest, signal?: AbortSignal): Promise<ModelMeasure> {
  try {
    const model = await loadRuntimeModel(dir, form);
    try {
      return await measureModel(model, cpuMs, signal);
    } finally {
      await model.dispose();
    }
  } catch (error) {
    if (error instanceof DeskmateError) throw error;
    throw new DeskmateError('file_refused', `The model does not run: ${messageOf(error)}`, { cause: error });
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

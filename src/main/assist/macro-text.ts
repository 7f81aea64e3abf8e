import { Liquid } from 'liquidjs';

/** What a macro may name: two levels, `customer.name`, `order.waybill`. Values are data, never parsed as template. */
export type MacroScope = Readonly<Record<string, Readonly<Record<string, string | number | null>>>>;

export type FilledMacro = {
  text: string;
  /** Variables without a value here, as written (`order.waybill`), each also visible in the text as `⟨order.waybill⟩`. */
  missingVariables: string[];
};

/** In-memory templates only: a macro cannot include a file; limits stop a runaway loop. */
const liquid = new Liquid({ templates: {}, ownPropertyOnly: true, strictFilters: true, strictVariables: false, cache: 500, parseLimit: 20_000, renderLimit: 200, memoryLimit: 1_000_000 });
liquid.registerFilter('fill', function (value: unknown, variable: string) {
  if (value !== undefined && value !== null && value !== '') return value;
  const missing: unknown = this.context.getSync(['deskmate_missing']);
  if (missing instanceof Set) missing.add(variable);
  return `⟨${variable}⟩`;
});

/** An output and its filters, up to the closing braces; `{%` tags are left alone. */
const OUTPUT = /\{\{(-?)\s*([\p{L}_][\p{L}\p{N}_.]*)((?:[^}]|\}(?!\}))*?)\s*(-?)\}\}/gu;

/**
 * The macro's text with its variables filled.
 * @throws Error with Liquid's message (line and column) when the template is malformed.
 */
export function fillMacro(template: string, scope: MacroScope): FilledMacro {
  const marked = template.replace(OUTPUT, (_all, left: string, variable: string, filters: string, right: string) => `{{${left} ${variable}${filters} | fill: "${variable}" ${right}}}`);
  const missing = new Set<string>();
  const text = liquid.parseAndRenderSync(marked, { ...scope, deskmate_missing: missing }) as string;
  return { text: text.trim(), missingVariables: [...missing] };
}

/** The template's words without its code: what is indexed and matched. */
export function macroWords(template: string): string {
  return template.replace(/\{[{%][\s\S]*?[}%]\}/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Why a template cannot be used, in one sentence, or null when it can. */
export function macroProblem(template: string): string | null {
  try {
    fillMacro(template, {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

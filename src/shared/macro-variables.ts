/** Every variable a macro may name, in the order the editor lists them; the texts `macro.variable.<name with _>` describe them. */
export const MACRO_VARIABLES = [
  'customer.name', 'customer.tier',
  'order.id', 'order.waybill', 'order.carrier', 'order.status', 'order.paid_on', 'order.ship_by', 'order.amount',
  'item.title', 'item.size', 'item.colour', 'item.batch',
  'rep.name', 'shop.name',
] as const;
export type MacroVariable = (typeof MACRO_VARIABLES)[number];

export function isMacroVariable(name: string): name is MacroVariable {
  return (MACRO_VARIABLES as readonly string[]).includes(name);
}

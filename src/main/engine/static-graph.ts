import { StaticFormError } from './static-form.ts';

/**
 * One row of a static embedding: token `id` stands for `rows[id·dims … (id + 1)·dims)` times `scales[id]`; a text for the mean of its tokens,
 * scaled to unit length.
 */
export type StaticTable = { tokenCount: number; dims: number; rows: Int8Array; scales: Float32Array };

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/** Field numbers of onnx.proto that are needed here. */
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { input: 1, output: 2, opType: 4, attribute: 5 } as const;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 } as const;
const TYPE_FLOAT = 1;
const TYPE_INT8 = 3;

type Field = { number: number; varint: number; bytes: Buffer };
type GraphNode = { opType: string; inputs: string[]; outputs: string[]; attributeCount: number };
type Tensor = { name: string; dims: number[]; dataType: number; raw: Buffer };
const NO_TENSOR: Tensor = { name: '', dims: [], dataType: 0, raw: Buffer.alloc(0) };

/**
 * Reads the table out of an ONNX file of the one form that `models/training/export.py` writes: last_hidden_state =
 * Cast(Gather(rows, input_ids)) · Gather(scale, input_ids) · attention mask.
 * @throws StaticFormError when the graph has another form or the file is cut short.
 */
export function readStaticGraph(file: Buffer): StaticTable {
  const graph = fieldsOf(file).find(({ number }) => number === MODEL_GRAPH);
  if (graph === undefined) throw new StaticFormError('it holds no graph');
  const nodes: GraphNode[] = [];
  const tensors = new Map<string, Tensor>();
  for (const { number, bytes } of fieldsOf(graph.bytes)) {
    if (number === GRAPH.node) nodes.push(nodeOf(bytes));
    if (number === GRAPH.initializer) {
      const tensor = tensorOf(bytes);
      tensors.set(tensor.name, tensor);
    }
  }
  return tableOf(tensorNames(nodes), tensors);
}

/** Walks from the output back to the two tables. */
function tensorNames(nodes: readonly GraphNode[]): { rows: string; scale: string } {
  const maker = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const made = (output: string, opType: string, inputCount: number): string[] => {
    const node = maker.get(output);
    // Gather, Mul and Unsqueeze have no attribute in their default form (axis 0); Cast has its type, which the next step takes as a float anyway
    if (node?.opType !== opType || node.inputs.length !== inputCount || node.attributeCount !== (opType === 'Cast' ? 1 : 0)) throw new StaticFormError(`${output} is not made by ${opType}`);
    return node.inputs;
  };
  if (nodes.length !== 7) throw new StaticFormError(`${nodes.length} steps where 7 are known`);
  const [vectors, mask3] = made('last_hidden_state', 'Mul', 2) as [string, string];
  const [mask] = made(mask3, 'Unsqueeze', 2) as [string];
  const [attention] = made(mask, 'Cast', 1) as [string];
  const [wide, factor] = made(vectors, 'Mul', 2) as [string, string];
  const [picked] = made(wide, 'Cast', 1) as [string];
  const [rows, rowIds] = made(picked, 'Gather', 2) as [string, string];
  const [scale, scaleIds] = made(factor, 'Gather', 2) as [string, string];
  if (attention !== 'attention_mask' || rowIds !== 'input_ids' || scaleIds !== 'input_ids') throw new StaticFormError('its inputs go elsewhere');
  return { rows, scale };
}

function tableOf(names: { rows: string; scale: string }, tensors: ReadonlyMap<string, Tensor>): StaticTable {
  const [rows, scale] = [tensors.get(names.rows) ?? NO_TENSOR, tensors.get(names.scale) ?? NO_TENSOR];
  const [tokenCount = 0, dims = 0] = rows.dims;
  if (rows.dataType !== TYPE_INT8 || rows.dims.length !== 2 || rows.raw.length !== tokenCount * dims) throw new StaticFormError(`${names.rows} is not a table of int8 rows`);
  if (scale.dataType !== TYPE_FLOAT || scale.dims.join() !== `${tokenCount},1` || scale.raw.length !== tokenCount * 4) throw new StaticFormError(`${names.scale} is not one float a row`);
  // copies: a view would keep the whole file, and floats may stand at any byte
  const scales = Float32Array.from({ length: tokenCount }, (_, id) => scale.raw.readFloatLE(id * 4));
  return { tokenCount, dims, rows: new Int8Array(rows.raw), scales };
}

function nodeOf(bytes: Buffer): GraphNode {
  const node: GraphNode = { opType: '', inputs: [], outputs: [], attributeCount: 0 };
  for (const field of fieldsOf(bytes)) {
    if (field.number === NODE.input) node.inputs.push(field.bytes.toString());
    if (field.number === NODE.output) node.outputs.push(field.bytes.toString());
    if (field.number === NODE.opType) node.opType = field.bytes.toString();
    if (field.number === NODE.attribute) node.attributeCount += 1;
  }
  return node;
}

function tensorOf(bytes: Buffer): Tensor {
  const tensor: Tensor = { ...NO_TENSOR, dims: [] };
  for (const field of fieldsOf(bytes)) {
    if (field.number === TENSOR.name) tensor.name = field.bytes.toString();
    if (field.number === TENSOR.dataType) tensor.dataType = field.varint;
    if (field.number === TENSOR.rawData) tensor.raw = field.bytes;
    if (field.number === TENSOR.dims) tensor.dims.push(...(field.bytes.length === 0 ? [field.varint] : packedVarints(field.bytes)));
  }
  return tensor;
}

/** The fields of one protobuf message (protobuf.dev/programming-guides/encoding); groups, long gone from the format, are refused. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const key = readVarint(message, at);
    const wire = key.value % 8;
    const field: Field = { number: Math.floor(key.value / 8), varint: 0, bytes: Buffer.alloc(0) };
    at = key.next;
    if (wire === WIRE_VARINT) ({ value: field.varint, next: at } = readVarint(message, at));
    else if (wire === WIRE_FIXED64) at += 8;
    else if (wire === WIRE_FIXED32) at += 4;
    else if (wire === WIRE_BYTES) {
      const length = readVarint(message, at);
      at = length.next + length.value;
      field.bytes = message.subarray(length.next, at);
    } else throw new StaticFormError(`a field of the unknown kind ${wire}`);
    if (at > message.length) throw new StaticFormError('it ends in the middle of a field');
    fields.push(field);
  }
  return fields;
}

function packedVarints(bytes: Buffer): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = readVarint(bytes, at);
    values.push(value);
    at = next;
  }
  return values;
}

/** Negative numbers and those above 2⁵³ come out inexact; no field read here holds one. */
function readVarint(bytes: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] as number;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new StaticFormError('it ends in the middle of a number');
}

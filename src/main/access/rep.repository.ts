import type { CertificateLevel, Rep, RepChange, RepColour, RepRole } from '../../shared/contract/access.contract.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type { Rep } from '../../shared/contract/access.contract.ts';

type RepRow = { id: string; name: string; role: RepRole; certificate_level: CertificateLevel; colour: RepColour; initials: string; is_active: number; has_pin: number; created_at: number };

const SELECT = 'SELECT id, name, role, certificate_level, colour, initials, is_active, pin_hash IS NOT NULL AS has_pin, created_at FROM reps';

function rowToRep(row: RepRow): Rep {
  return {
    id: row.id as RepId, name: row.name, role: row.role, certificateLevel: row.certificate_level, colour: row.colour, initials: row.initials,
    isActive: row.is_active === 1, hasPin: row.has_pin === 1, createdAt: row.created_at,
  };
}

/** The rep who works at this store when nobody else was set up: the oldest active one, made (admin, senior) when there is none. */
export function ensureDefaultRep(db: WritableDb, ctx: WriteContext, name = ''): Rep {
  const existing = listReps(db).find((rep) => rep.isActive);
  return existing ?? insertRep(db, ctx, { name, role: 'admin', certificateLevel: 'senior', colour: 'teal', initials: '', isActive: true });
}

/** Oldest first. */
export function listReps(db: ReadableDb): Rep[] {
  return prepared<RepRow>(db, `${SELECT} ORDER BY created_at, id`).all().map(rowToRep);
}

export function findRep(db: ReadableDb, repId: string): Rep | undefined {
  const row = prepared<RepRow>(db, `${SELECT} WHERE id = ?`).get(repId);
  return row === undefined ? undefined : rowToRep(row);
}

/** @throws DeskmateError not_found */
export function getRep(db: ReadableDb, repId: string): Rep {
  const rep = findRep(db, repId);
  if (rep === undefined) throw new DeskmateError('not_found', 'There is no such rep.');
  return rep;
}

export function insertRep(db: WritableDb, ctx: WriteContext, rep: Omit<RepChange, 'id'>): Rep {
  const id = ctx.newId() as RepId;
  prepared(db, 'INSERT INTO reps (id, shop_id, name, role, certificate_level, colour, initials, is_active, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, ctx.shopId, rep.name, rep.role, rep.certificateLevel, rep.colour, rep.initials, rep.isActive ? 1 : 0, ctx.nowMs);
  return getRep(db, id);
}

/** @throws DeskmateError not_found */
export function updateRep(db: WritableDb, repId: RepId, rep: Omit<RepChange, 'id'>): Rep {
  prepared(db, 'UPDATE reps SET name = ?, role = ?, certificate_level = ?, colour = ?, initials = ?, is_active = ? WHERE id = ?')
    .run(rep.name, rep.role, rep.certificateLevel, rep.colour, rep.initials, rep.isActive ? 1 : 0, repId);
  return getRep(db, repId);
}

export function updateRepName(db: WritableDb, repId: RepId, name: string): void {
  prepared(db, 'UPDATE reps SET name = ? WHERE id = ?').run(name, repId);
}

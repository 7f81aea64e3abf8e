import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type RepRole = 'rep' | 'lead' | 'trainer' | 'admin';
export type CertificateLevel = 'trainee' | 'junior' | 'intermediate' | 'senior';
export type Rep = { id: RepId; name: string; role: RepRole; certificateLevel: CertificateLevel; isActive: boolean; createdAt: number };

type RepRow = { id: string; name: string; role: RepRole; certificate_level: CertificateLevel; is_active: number; created_at: number };

function rowToRep(row: RepRow): Rep {
  return { id: row.id as RepId, name: row.name, role: row.role, certificateLevel: row.certificate_level, isActive: row.is_active === 1, createdAt: row.created_at };
}

/** The rep who works at this store when nobody else was set up: the oldest active one, made (admin, senior) when there is none. */
export function ensureDefaultRep(db: WritableDb, ctx: WriteContext, name = ''): Rep {
  const existing = listReps(db).find((rep) => rep.isActive);
  if (existing !== undefined) return existing;
  const rep: Rep = { id: ctx.newId() as RepId, name, role: 'admin', certificateLevel: 'senior', isActive: true, createdAt: ctx.nowMs };
  prepared(db, 'INSERT INTO reps (id, shop_id, name, role, certificate_level, is_active, created_at) VALUES (?, ?, ?, ?, ?, 1, ?)')
    .run(rep.id, ctx.shopId, rep.name, rep.role, rep.certificateLevel, rep.createdAt);
  return rep;
}

/** Oldest first. */
export function listReps(db: ReadableDb): Rep[] {
  return prepared<RepRow>(db, 'SELECT id, name, role, certificate_level, is_active, created_at FROM reps ORDER BY created_at, id').all().map(rowToRep);
}

export function updateRepName(db: WritableDb, repId: RepId, name: string): void {
  prepared(db, 'UPDATE reps SET name = ? WHERE id = ?').run(name, repId);
}

// Populations by spreadsheet: the national cell sends a table, looks at it, accepts it whole. A year
// is never overwritten, and the indicators of another year do not move.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import { file, prepare, press, refused, sees, setUp } from './acts.mjs'

let bench, data, page
before(async () => {
  data = await folder()
  await prepare(data, 'EX-NATION', 'example')
  bench = await open({ data })
  page = await bench.page()
  await setUp(page, {
    place: 'EX-NATION', name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
    title: 'Cellule nationale', post: 'CCN d’exemple',
  })
})
after(async () => {
  await bench?.close()
  await rm(data, { recursive: true, force: true })
})

const upload = (text) => ({ name: 'populations.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
const send = async (text) => {
  await page.goto('/territoire/populations')
  await page.getByLabel('Fichier').setInputFiles(upload(text))
  return press(page, 'Voir l’aperçu')
}

test('a table is refused by line and column, then looked at and taken whole', async () => {
  await visit(page, '/territoire/populations')
  const before = await (await file(page, '/suivi/indicateurs.csv?lieu=EX-CERCLE&periode=2023T4&sous=1')).text()
  const status = await send('code;année;source;population\nEX-C1;2024;;12 900\nEX-C9;2024;INSTAT;5\n')
  await refused(page, status, '2 cases sont à corriger')
  await sees(page, '#fautes', 'EX-C9')
  await screenshot(page, 'populations-refus')
  await send('code;année;source;population\nEX-C1;2024;INSTAT;12 900\nEX-C2;2024;INSTAT;8 050\n')
  await sound(page)
  await sees(page, 'dl.summary', 'Chiffres nouveaux 2')
  await screenshot(page, 'populations-apercu')
  await press(page, 'Accepter cette liste')
  await sound(page)
  await sees(page, '.banner', 'Les populations sont enregistrées')
  // Another source beside, and a correction with its day.
  await send('code;année;source;population;corrigé le\nEX-C1;2024;Mairie;13 400;\nEX-C1;2024;INSTAT;13 100;12/03/2025\n')
  await sees(page, 'dl.summary', 'Dont corrections d’une source par elle-même 1')
  await press(page, 'Accepter cette liste')
  await visit(page, '/territoire/EX-C1')
  await sees(page, '#populations', '2024 INSTAT 13 100')
  await sees(page, '#populations', '2024 Mairie 13 400')
  const after = await (await file(page, '/suivi/indicateurs.csv?lieu=EX-CERCLE&periode=2023T4&sous=1')).text()
  assert.equal(after, before)
})

test('the villages of a commune have their page', async () => {
  const visitor = await bench.page()
  await visit(visitor, '/territoire/ML020503/localites')
  await sees(visitor, '#localites', 'INSTAT, RGPH 2009')
  await screenshot(visitor, 'localites')
  const narrow = await bench.page({ narrow: true })
  await visit(narrow, '/territoire/ML020503/localites')
})

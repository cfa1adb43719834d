// X13: a commune looks at itself. A grid, a meeting, evidence, actions; private, compared with
// itself over time, never ranked.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, file, prepare, press, refused, sees, signIn } from './acts.mjs'

let bench

before(async () => {
  const data = await folder()
  await prepare(data, 'EX-NATION', 'example')
  const person = (login, office, title, place) =>
    addPerson(data, { name: `${login} Keita`, login, office, title, place })
  await person('moussa', 'municipal-secretary', 'secrétaire général', 'EX-C1')
  await person('fanta', 'cercle-adviser', 'conseillère du cercle', 'EX-CERCLE')
  bench = await open({ data })
})
after(() => bench?.close())

/** What a PDF says. */
function words(bytes) {
  const name = join(mkdtempSync(join(tmpdir(), 'benkadi-pdf-')), 'it.pdf')
  writeFileSync(name, bytes)
  return execFileSync('pdftotext', ['-layout', name, '-'], { encoding: 'utf8' })
}

test('the grid is read and printed blank by everybody, with its source', async () => {
  const page = await bench.page({ narrow: true })
  await visit(page, '/autoevaluation/grille/cinq-domaines')
  await sees(page, 'main', 'Organisation interne')
  await sees(page, 'main', 'ne viennent pas de l’outil d’origine')
  await screenshot(page, 'autoevaluation-grille-320')
  const pdf = await (await file(page, '/autoevaluation/grille/cinq-domaines.pdf')).body()
  writeFileSync(new URL('../results/autoevaluation-grille.pdf', import.meta.url), pdf)
  const text = words(pdf)
  for (const it of ['Mobilisation des ressources', 'Cocher', 'Preuve', 'Le maire']) {
    assert.ok(text.includes(it), it)
  }
})

test('the commune fills it in; what is missing is told by its place', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'moussa')
  await visit(page, '/autoevaluation')
  await screenshot(page, 'autoevaluation')
  await press(page, 'Commencer une auto-évaluation')
  await sound(page)
  await page.getByRole('group', { name: 'Les sessions du conseil' }).getByText('3. Toutes les sessions').click()
  await refused(page, await press(page, 'Arrêter l’auto-évaluation'), 'La preuve manque')
  await sees(page, '.errors', 'Le jour de la réunion manque')
  await sees(page, '.errors', 'Comptez les femmes et les hommes')
  await page.getByLabel('Jour de la réunion').fill('12/11/2025')
  await page.locator('#f-elus-f').fill('5')
  await page.locator('#f-elus-h').fill('8')
  await page.locator('#f-p-ORG1').fill('Quatre procès-verbaux signés.')
  await page.locator('#f-a-0-quoi').fill('Afficher les décisions au marché')
  await refused(page, await press(page, 'Arrêter l’auto-évaluation'), 'L’action 1 est incomplète')
  await page.locator('#f-a-0-qui').fill('secrétaire général')
  await page.locator('#f-a-0-quand').fill('31/03/2026')
  await press(page, 'Arrêter l’auto-évaluation')
  await sound(page)
  await sees(page, 'main', 'arrêtée')
  await screenshot(page, 'autoevaluation-fiche')
  const pdf = await (await file(page, `${new URL(page.url()).pathname}.pdf`)).body()
  writeFileSync(new URL('../results/autoevaluation-fiche.pdf', import.meta.url), pdf)
  const text = words(pdf)
  assert.match(text, /Quatre procès-verbaux signés/)
  assert.match(text, /pas discuté/)
  await visit(page, '/')
  await sees(page, 'main', 'Afficher les décisions au marché')
})

test('two meetings are compared one criterion at a time, without a score', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'moussa')
  await visit(page, '/autoevaluation/comparer?avant=exemple-2023&apres=exemple-2024')
  await sees(page, 'main', 'plus haut')
  await sees(page, 'main', 'plus bas')
  await sees(page, 'main', 'Ils ne s’additionnent pas')
  await screenshot(page, 'autoevaluation-comparer')
})

test('nobody above reads it before the commune says so, and no longer than it says', async () => {
  const fanta = await bench.page()
  await fanta.goto('/connexion')
  await signIn(fanta, 'fanta')
  await visit(fanta, '/autoevaluation/exemple-2024', { status: 404 })
  const visitor = await bench.page()
  await visitor.goto('/autoevaluation/exemple-2024')
  assert.equal(new URL(visitor.url()).pathname, '/connexion')

  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'moussa')
  await visit(page, '/autoevaluation')
  await page.locator('select[name=fonction]').selectOption('cercle-adviser')
  await page.locator('select[name=lieu]').selectOption('EX-CERCLE')
  await press(page, 'Donner la lecture')
  await sound(page)
  await visit(fanta, '/autoevaluation/exemple-2024')
  await sees(fanta, 'main', 'Organisation interne')
  assert.equal(await fanta.locator('main form').count(), 0, 'who may read may not write')
  await page.locator('button[name=retirer]').click()
  await page.waitForLoadState()
  await visit(fanta, '/autoevaluation/exemple-2024', { status: 404 })
})

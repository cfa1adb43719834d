// J2.8: a commune asks its centre for support; the request is logged, given to a provider, closed with
// a report, and counted beside the cells of the quarter, which it never fills in by itself.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, press, refused, sees, signIn } from './acts.mjs'
import { CERCLE, start, stop } from './posts.mjs'

const post = { ...CERCLE }
// The quarter of today: requests are logged today.
const now = new Date()
const QUARTER = `${now.getUTCFullYear()}T${Math.floor(now.getUTCMonth() / 3) + 1}`

let browser
before(async () => {
  browser = await launch()
  await start(browser, post)
  await addPerson(post.data, {
    name: 'Oumou Coulibaly', login: 'oumou', office: 'municipal-secretary',
    title: 'Secrétaire générale', place: 'EX-C1',
  })
})
after(async () => {
  await browser?.close()
  await stop([post])
})

test('J2.8 a request is logged, assigned, closed with a report, and counted', async () => {
  const { page } = post
  await visit(page, '/suivi/appuis')
  await sees(page, 'main', 'Aucune demande')
  await page.getByLabel('Commune', { exact: true }).selectOption('EX-C1')
  await page.getByLabel('Domaine').selectOption('FIN')
  await refused(page, await press(page, 'Noter la demande'), 'Il manque la demande')
  assert.equal(await page.getByLabel('Domaine').inputValue(), 'FIN', 'what was chosen stays')
  await page.getByLabel('Demande', { exact: true }).fill('Préparer le compte administratif avec le receveur.')
  assert.equal(await press(page, 'Noter la demande'), 200)
  await sees(page, 'main', 'À confier')
  await sound(page)
  const here = page.url()
  await refused(page, await press(page, 'Confier'), 'Il manque le prestataire')
  await page.getByLabel('Sorte de prestataire').selectOption('association')
  await page.getByLabel('Prestataire', { exact: true }).fill('AMM, cellule finances')
  assert.equal(await press(page, 'Confier'), 200)
  await sees(page, '.timeline', 'AMM, cellule finances (ONG ou association)')
  await screenshot(page, 'appui-confie')

  // The log stands beside the field; the field stays empty.
  const form = `/suivi/saisie/EX-CERCLE/${QUARTER}/J14`
  await visit(page, form)
  const row = (name) => page.locator(`tr[data-cell="${name}.TYPE_APPUI-FIN"]`)
  assert.match(await row('CCC_DEM').locator('.last').innerText(), /Registre\s*: 1/)
  assert.match(await row('CCC_APP').locator('.last').innerText(), /Registre\s*: 0/)
  assert.equal(await row('CCC_DEM').locator('input.num').inputValue(), '')
  await screenshot(page, 'appui-case')

  await visit(page, here)
  await refused(page, await press(page, 'L’appui est réalisé'), 'Il manque le compte rendu')
  await page.getByLabel('Compte rendu').fill('Deux jours sur place ; le compte est arrêté.')
  assert.equal(await press(page, 'L’appui est réalisé'), 200)
  await sees(page, '.page-head', 'Réalisé')
  await sound(page)
  await screenshot(page, 'appui-clos')
  await visit(page, form)
  assert.match(await row('CCC_APP').locator('.last').innerText(), /Registre\s*: 1/)
})

test('J2.8 the commune sees its requests on its page, and logs one itself', async () => {
  const it = await page(browser, post.server.address)
  assert.equal(await signIn(it, 'oumou'), 200)
  await visit(it, '/territoire/EX-C1')
  await sees(it, 'main', 'Demandes d’appui')
  await it.getByRole('link', { name: 'Voir les demandes d’appui' }).click()
  await sees(it, 'main', 'Préparer le compte administratif')
  await it.getByLabel('Domaine').selectOption('PLA')
  await it.getByLabel('Demande', { exact: true }).fill('Mettre le PDSEC à jour.')
  assert.equal(await press(it, 'Noter la demande'), 200)
  await sees(it, 'main', 'À confier')
  assert.equal(await it.getByRole('button', { name: 'Confier' }).count(), 0, 'the centre decides')
  await visit(it, '/territoire/EX-C1')
  await sees(it, 'main', '2 demandes d’appui, dont 1 en cours')
  await screenshot(it, 'appui-commune')
  // It waits for the centre, on its first page.
  await visit(post.page, '/')
  await sees(post.page, 'main', 'Confier une demande d’appui')
  const visitor = await page(browser, post.server.address, { narrow: true })
  await visit(visitor, '/territoire/EX-C1')
  assert.ok(!(await visitor.locator('main').innerText()).includes('Demandes d’appui'), 'nobody else sees them')
})

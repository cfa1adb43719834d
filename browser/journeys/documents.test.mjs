// The documents of a quarter (J2.6, J3.5, J4.7, J7.6): made in one click, issued, checked by their
// file and by their code, handed on; the open data beside them. The figures are the invented
// example.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { file, keep, prepare, press, refused, rows, sees, setUp, unzip } from './acts.mjs'

const QUARTER = '2024T4'
const adviser = {
  place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
  title: 'Conseiller du centre',
}

let browser, data, server, me, public_
before(async () => {
  browser = await launch()
  data = await folder()
  await prepare(data, 'EX-CERCLE', 'example')
  server = await serve({ data })
  me = await page(browser, server.address)
  await setUp(me, adviser)
  public_ = await page(browser, server.address)
})
after(async () => {
  await browser?.close()
  await server?.stop()
  if (data) await rm(data, { recursive: true, force: true })
})

/** Presses a button whose name goes on for those who listen; gives the answer's status. */
async function click(page, within, name) {
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.request().isNavigationRequest() && it.status() !== 303),
    within.getByRole('button', { name }).click(),
  ])
  await page.waitForLoadState()
  return answer.status()
}

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex')

test('J2.6, J7.6: a synthesis is issued in one click and comes out the same each time', async () => {
  await visit(me, `/suivi/documents/EX-CERCLE/${QUARTER}`)
  await sees(me, 'main', 'Rapport d’activité du centre')
  await sees(me, '#syn-clo', 'À émettre')
  const box = me.locator('#syn-clo')
  assert.equal(await click(me, box, /Émettre le document/), 200)
  await sees(me, '#syn-clo', 'Émis, version 1')
  await sound(me)
  await screenshot(me, 'documents-cercle')
  const path = `/suivi/rapports/EX-CERCLE/${QUARTER}/syn-clo.pdf`
  const [one, two] = [await (await file(me, path)).body(), await (await file(public_, path)).body()]
  assert.equal(hashOf(one), hashOf(two))
  const docx = unzip(await (await file(me, path.replace('.pdf', '.docx'))).body())
  assert.ok(docx.has('word/media/image1.png'), 'charts stand in the DOCX as pictures')
  // Issued twice without a change: refused in words.
  await refused(me, await click(me, me.locator('#syn-clo'), /Émettre une nouvelle version/), 'déjà émis')
})

test('J2.6: the activity report has its fourteen parts in each format', async () => {
  const begun = Date.now()
  const docx = await (await file(me, `/suivi/rapports/EX-CERCLE/${QUARTER}.docx`)).body()
  assert.ok(Date.now() - begun < 60_000)
  const body = unzip(docx).get('word/document.xml')
  assert.equal(body.match(/w:val="Heading1"/g).length, 14)
  await visit(me, `/suivi/rapports/EX-C1/${QUARTER}`)
  await sees(me, 'main', 'Ce que la commune a dit aux habitants')
  await screenshot(me, 'fiche-communale')
})

test('a file, its code and an altered file are told apart', async () => {
  const bytes = await (await file(me, `/suivi/rapports/EX-CERCLE/${QUARTER}/syn-clo.pdf`)).body()
  const give = async (buffer) => {
    await visit(public_, '/suivi/documents/verifier')
    await public_.getByLabel('Fichier à vérifier').setInputFiles({
      name: 'synthese.pdf', mimeType: 'application/pdf', buffer,
    })
    return press(public_, 'Vérifier', public_.locator('section').first())
  }
  assert.equal(await give(bytes), 200)
  await sees(public_, '.banner', 'Document authentique')
  await sees(public_, 'main', 'Synthèse pour le comité local')
  await sound(public_)
  await screenshot(public_, 'document-verifie')
  const altered = Buffer.from(bytes)
  altered[altered.length - 1] ^= 1
  assert.equal(await give(altered), 200)
  await sees(public_, '.banner', 'Document inconnu')
})

test('a handing and a recommendation are written down', async () => {
  await visit(me, `/suivi/documents/EX-CERCLE/${QUARTER}`)
  const box = me.locator('#syn-clo')
  await box.locator('details', { hasText: 'Noter une remise' }).locator('summary').click()
  await box.getByLabel('Destinataire').fill('Préfet du cercle')
  await box.getByLabel('Moyen').fill('en main propre')
  assert.equal(await press(me, 'Noter la remise', box), 200)
  await sees(me, '#syn-clo', 'Préfet du cercle')
  await visit(me, `/suivi/recommandations/EX-CERCLE/${QUARTER}`)
  await me.getByLabel('Recommandation', { exact: true }).fill('Réparer les forages en panne')
  await refused(me, await click(me, me.locator('main'), /Ajouter la recommandation/), 'Le responsable manque')
  await me.getByLabel('Responsable').fill('Maire de la commune 2')
  await me.getByLabel('Échéance').fill('2031-06-30')
  assert.equal(await click(me, me.locator('main'), /Ajouter la recommandation/), 200)
  await sees(me, '#recommandations', 'Réparer les forages en panne')
  await sound(me)
  await screenshot(me, 'recommandations')
})

test('J4.7: the open data have their dictionary, licence and address, and nothing restricted', async () => {
  await visit(public_, '/donnees')
  await screenshot(public_, 'donnees-ouvertes')
  await visit(public_, `/donnees/EX-NATION/${QUARTER}`)
  await sees(public_, 'main', 'CC-BY-4.0')
  const { bytes } = await keep(public_, public_.getByRole('link', { name: 'ZIP' }))
  const files = unzip(bytes)
  for (const name of ['datapackage.json', 'resultats.csv', 'indicateurs.csv', 'unites.csv', 'dictionnaire.csv', 'LICENCE.txt']) {
    assert.ok(files.has(name), name)
  }
  const results = rows(files.get('resultats.csv'))
  assert.ok(results.some((it) => it.indicateur === 'I010' && it.unite_org === 'EX-C1' && it.valeur_affichee === '31.3'))
  assert.ok(!results.some((it) => it.indicateur === 'I003' && it.unite_org === 'EX-C1'))
})

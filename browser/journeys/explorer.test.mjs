// The explorer for everyone: a question of the regional assembly answered from its choice of data
// to a note of one page (J3.7), aggregates that say who answered (J3.2), and what the public sees
// (J4.7). The figures are the invented example.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noSideways, open, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, file, keep, press, refused, rows, sees, signIn, unzip } from './acts.mjs'

const REGION = {
  name: 'Awa Diarra', login: 'awa.diarra', office: 'regional-officer',
  title: 'Chargée de suivi', place: 'EX-REGION',
}
const NATION = {
  name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
  title: 'Cellule nationale', place: 'EX-NATION',
}
let bench
before(async () => {
  bench = await open()
  await addPerson(bench.server.data, REGION)
  await addPerson(bench.server.data, NATION)
})
after(() => bench?.close())

test('the rooms of monitoring stand on its pages, and the current one is marked', async () => {
  for (const kind of [{}, { narrow: true }, { language: 'en', narrow: true }]) {
    const page = await bench.page(kind)
    await visit(page, '/suivi/explorer')
    const rooms = page.locator('nav.rooms a')
    assert.ok(await rooms.count() >= 3)
    assert.equal(await page.locator('nav.rooms [aria-current]').getAttribute('href'), '/suivi/explorer')
    await page.context().close()
  }
})

test('a visitor asks from nothing, without a script: data, places, periods, shapes', async () => {
  const page = await bench.page({ javaScript: false })
  await visit(page, '/suivi/explorer')
  await page.getByRole('link', { name: 'Choisir des données' }).click()
  await page.getByLabel('Chercher').fill('filles')
  await press(page, 'Chercher')
  await page.locator('input[name=mesure]').first().check()
  const code = await page.locator('input[name=mesure]:checked').first().inputValue()
  assert.equal(await press(page, 'Afficher'), 200)
  assert.ok(page.url().includes(`mesure=${code}`), 'the address holds the question')
  await page.getByLabel('Quand').selectOption('8T')
  assert.equal(await press(page, 'Afficher'), 200)
  await page.getByRole('link', { name: 'Courbes' }).click()
  await sound(page)
  assert.ok(await page.locator('figure svg').count())
  await screenshot(page, 'explorer-sans-script')
  await page.context().close()
})

test('what cannot be read is told at its field; what was typed and what can be read stay', async () => {
  const page = await bench.page({ javaScript: false })
  await visit(page, '/suivi/explorer?mesure=I010&mesure=I999&lieu=EX-CERCLE&periode=hier', { status: 422 })
  await sees(page, '.errors', 'I999')
  await sees(page, '.errors', 'hier')
  assert.equal(await page.locator('[name=ecrit]').inputValue(), 'hier')
  assert.equal(await page.locator('#answer').count(), 1, 'the rest is answered')
  await screenshot(page, 'explorer-refus')
  await page.locator('[name=ecrit]').fill('2023T1-2024T4')
  assert.equal(await press(page, 'Afficher'), 200)
  await sound(page)
  assert.ok(page.url().includes('mesure=I010'))
  await page.context().close()
})

const QUESTION = 'mesure=I010&lieu=EX-REGION&detail=commune&periode=8T'

test('J3.2 each aggregate says who answered, and each figure opens its explanation', async () => {
  const page = await bench.page()
  await visit(page, '/suivi/explorer?mesure=I010&mesure=EDI_DELIB&lieu=EX-CERCLE&periode=8T')
  await sees(page, '.missing', '3/3 communes ont répondu')
  await screenshot(page, 'explorer-tableau')
  // Only the flow has a total over time; a rate never has one.
  const totals = await page.locator('#answer tr.total td:last-child').allInnerTexts()
  assert.equal(totals[0], '–')
  assert.match(totals[1], /^\d+$/)
  await page.locator('#answer tr.total a.fig-link').first().click()
  await sound(page)
  await sees(page, '.tiles', 'conseillers en exercice')
  await sees(page, 'main', 'Jamais de moyenne de taux')
  await screenshot(page, 'explorer-chiffre')
  await page.context().close()
})

test('every shape says what it shows, and has its numbers; in both languages, at both widths', async () => {
  for (const kind of [{}, { narrow: true, language: 'en' }]) {
    const page = await bench.page(kind)
    const language = kind.language ?? 'fr'
    for (const shape of ['barres', 'courbes', 'points', 'vignettes']) {
      await visit(page, `/suivi/explorer?${QUESTION}&forme=${shape}&langue=${language}`)
      const figure = page.locator('figure.fig').first()
      assert.match(await figure.locator('h2').innerText(), /31[.,]3/)
      assert.ok(await figure.locator('svg desc').count())
      assert.ok(await page.locator('#answer').count())
      if (kind.narrow) await noSideways(page)
      await screenshot(page, `explorer-${shape}-${language}${kind.narrow ? '-320' : ''}`)
    }
    await page.context().close()
  }
  const page = await bench.page()
  await visit(page, '/suivi/explorer?mesure=EDI_CONS&par=SEXE&lieu=EX-CERCLE&forme=points&periode=2024T4')
  await screenshot(page, 'explorer-ventilation')
  await page.context().close()
})

test('the same address gives the files', async () => {
  const page = await bench.page()
  await page.goto(`/suivi/explorer?${QUESTION}&forme=courbes`)
  const csv = rows(await (await file(page, `/suivi/explorer.csv?${QUESTION}`)).text())
  assert.equal(csv.length, 4 * 8)
  const book = unzip(await (await file(page, `/suivi/explorer.xlsx?${QUESTION}`)).body())
  assert.ok([...book.keys()].some((it) => it.includes('sheet1')))
  const paper = await keep(page, page.getByRole('link', { name: 'PDF' }))
  assert.ok(paper.bytes.subarray(0, 4).equals(Buffer.from('%PDF')))
  const svg = await (await file(page, `/suivi/explorer.svg?${QUESTION}&forme=courbes`)).text()
  assert.match(svg, /^<svg/)
  await page.context().close()
})

test('J3.7 the question of the assembly becomes a note of one page, kept with its question', async () => {
  const page = await bench.page()
  await signIn(page, REGION.login)
  await visit(page, `/suivi/explorer?${QUESTION}`)
  await page.getByRole('link', { name: 'Enregistrer cette question' }).click()
  await sound(page)
  await refused(page, await press(page, 'Enregistrer'), 'n’a pas de nom')
  await page.getByLabel('Nom, ou la question').fill('Quelle place ont les femmes dans les conseils, par commune ?')
  await page.getByLabel(/Ceux qui travaillent/).check()
  await page.getByLabel('Demandé par').fill('Assemblée régionale')
  await page.getByLabel('Demandé le').fill('2025-01-20')
  await page.getByLabel('Ce que vous en dites').fill('La part des femmes bouge peu.\n\nLes élections de 2026 sont le prochain rendez-vous.')
  await screenshot(page, 'explorer-question')
  assert.equal(await press(page, 'Enregistrer'), 200)
  await sound(page)
  await sees(page, 'article', 'Assemblée régionale, 20 janvier 2025')
  await sees(page, 'article', 'La part des femmes bouge peu.')
  await sees(page, 'article', 'Découpage')
  assert.ok(await page.locator('article svg').count() >= 2, 'the band and the chart')
  assert.ok(await page.locator('article table').count())
  await screenshot(page, 'explorer-note')
  const paper = await keep(page, page.getByRole('link', { name: 'PDF' }))
  assert.ok(paper.bytes.subarray(0, 4).equals(Buffer.from('%PDF')))
  const words = await keep(page, page.getByRole('link', { name: 'DOCX' }))
  assert.ok(unzip(words.bytes).has('word/document.xml'))
  // The question itself is changed in the explorer and takes the place of the one kept.
  await page.goto(page.url().replace('/notes/', '/questions/'))
  await page.getByRole('link', { name: 'Changer les indicateurs, les lieux ou les périodes' }).click()
  await page.getByLabel('Quand').selectOption('4T')
  assert.equal(await press(page, 'Afficher'), 200)
  await page.getByRole('link', { name: 'Remplacer la question gardée' }).click()
  await sound(page)
  await sees(page, '.banner', 'La question a changé')
  await screenshot(page, 'explorer-question-changee')
  assert.equal(await press(page, 'Enregistrer'), 200)
  await sees(page, 'article', 'Assemblée régionale, 20 janvier 2025')
  // Asked again, on the figures of the day; copied; not seen by the public.
  await page.getByRole('link', { name: 'Questions enregistrées' }).first().click()
  await sound(page)
  await sees(page, 'main', 'Quelle place ont les femmes')
  await screenshot(page, 'explorer-questions')
  const stranger = await bench.page()
  await visit(stranger, '/suivi/explorer/questions')
  assert.equal(await stranger.getByText('Quelle place ont les femmes').count(), 0)
  await stranger.context().close()
  await page.context().close()
})

test('J4.7 the nation keeps questions for everybody', async () => {
  const page = await bench.page()
  await signIn(page, NATION.login)
  await page.goto('/suivi/explorer/questions/nouvelle?mesure=I010&lieu=EX-NATION&periode=4T')
  await page.getByLabel('Nom, ou la question').fill('Les femmes dans les conseils')
  await page.getByLabel('Tout le monde').check()
  assert.equal(await press(page, 'Enregistrer'), 200)
  const stranger = await bench.page()
  await visit(stranger, '/suivi/explorer')
  await stranger.getByRole('link', { name: 'Les femmes dans les conseils' }).click()
  await sound(stranger)
  await sees(stranger, 'main', '31,3')
  await stranger.context().close()
  await page.context().close()
})

// What happens around a quarter, over a cercle, its region and the nation that only exchange files:
// the grid of reception (J3.1), a question that is asked, answered offline and settled (J3.3), and a
// closed quarter that is opened again, corrected and closed anew (J2.9). The figures are the
// invented example.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { launch, screenshot, sound, visit } from '../harness.mjs'
import { press, refused, rows, sees } from './acts.mjs'
import { CERCLE, REGION, carry, meet, openPost, start, stop } from './posts.mjs'

const QUARTER = '2024T4'
const posts = { cercle: { ...CERCLE }, region: { ...REGION } }

let browser
before(async () => {
  browser = await launch()
  await Promise.all(Object.values(posts).map((it) => start(browser, it)))
  const { cercle, region } = posts
  for (const it of [cercle, region]) await openPost(it)
  await meet(region, cercle)
  await meet(cercle, region)
})
after(async () => {
  await browser?.close()
  await stop(Object.values(posts))
})

const circuit = (place) => `/suivi/circuit/${place}/${QUARTER}`

test('J3.1 the region sees what came from whom, and writes a reminder', async () => {
  const { region } = posts
  await visit(region.page, `/suivi/reception/EX-REGION/${QUARTER}`)
  await sees(region.page, '.missing', '0/1')
  await sees(region.page, '#reception', 'En retard de')
  await screenshot(region.page, 'reception-vide')
  await region.page.getByRole('link', { name: /Lettre de rappel – Cercle/ }).click()
  await sound(region.page)
  await sees(region.page, '.letter', 'jours de retard')
  await screenshot(region.page, 'lettre-rappel')
})

test('the cercle enters, answers its alerts, closes and sends', async () => {
  const { cercle, region } = posts
  const { page } = cercle
  const text = readFileSync(new URL('../../reference/oise/example_values.csv', import.meta.url), 'utf8')
  const [head, ...lines] = text.trim().split('\n')
  const kept = lines.filter((it) => [QUARTER, '2024'].includes(it.split(',')[2]))
  await page.goto('/suivi/importer')
  await page.getByLabel('Fichier CSV').setInputFiles({
    name: 'valeurs.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...kept].join('\n')),
  })
  await press(page, 'Regarder le fichier')
  await press(page, 'Accepter')
  await visit(page, `/suivi/alertes/EX-CERCLE/${QUARTER}`)
  await screenshot(page, 'alertes-inhabituelles')
  const alerts = rows(readFileSync(new URL('../../reference/oise/example_alerts.csv', import.meta.url), 'utf8'))
  assert.equal(await page.locator('article.alert').count(), alerts.length, 'exactly the six alerts')
  for (const { regle } of alerts) {
    const article = page.locator('article.alert', { has: page.getByRole('heading', { name: regle }) })
    await article.getByText('Commenter').click()
    await article.getByLabel('Pourquoi ce chiffre est juste').fill('vérifié avec le registre papier')
    assert.equal(await press(page, 'Maintenir le chiffre', article), 200)
  }
  await visit(page, circuit('EX-CERCLE'))
  assert.equal(await press(page, 'Clore le trimestre'), 200)
  await carry(cercle, region)
  await visit(region.page, `/suivi/reception/EX-REGION/${QUARTER}`)
  await sees(region.page, '.missing', '1/1')
  await sees(region.page, '#reception', '5 alertes')
  await screenshot(region.page, 'reception')
})

test('J3.3 a question on a cell goes down, is answered offline, holds up the validation, is settled', async () => {
  const { cercle, region } = posts
  await visit(region.page, `/suivi/saisie/EX-C3/${QUARTER}/J04`)
  await region.page.locator('tr[data-cell="SAN_ACC"]').getByRole('link', { name: /^Question/ }).click()
  await sound(region.page)
  await refused(region.page, await press(region.page, 'Poser la question'), 'Il n’y a pas de texte')
  await region.page.getByLabel('Question', { exact: true }).fill('Ce chiffre dépasse les naissances attendues. Pourquoi ?')
  await region.page.getByLabel('Bloquante').check()
  await press(region.page, 'Poser la question')
  await sees(region.page, 'main', 'Sans réponse')
  await screenshot(region.page, 'question')
  await visit(region.page, circuit('EX-REGION'))
  await refused(region.page, await press(region.page, 'Valider la région'), 'question bloquante')
  await carry(region, cercle)

  await visit(cercle.page, `/suivi/saisie/EX-C3/${QUARTER}/J04`)
  await sees(cercle.page, '#p-SAN_ACC', 'dépasse les naissances attendues')
  await visit(cercle.page, `/suivi/questions/EX-CERCLE/${QUARTER}`)
  await screenshot(cercle.page, 'questions')
  await cercle.page.getByRole('link', { name: /dépasse les naissances/ }).click()
  await cercle.page.getByLabel('Votre message').fill('Le CSCOM sert aussi deux villages voisins.')
  assert.equal(await press(cercle.page, 'Envoyer'), 200)
  await sees(cercle.page, 'main', 'Répondue')
  await carry(cercle, region)

  await visit(region.page, `/suivi/questions/EX-REGION/${QUARTER}`)
  await region.page.getByRole('link', { name: /dépasse les naissances/ }).click()
  await sees(region.page, '.timeline', 'deux villages voisins')
  await press(region.page, 'Régler la question')
  await sees(region.page, 'main', 'La synthèse cite cet échange')
  await sound(region.page)
  await screenshot(region.page, 'question-reglee')
})

test('J2.9 a closed quarter is opened again with a reason, corrected, closed anew and listed', async () => {
  const { cercle, region } = posts
  const { page } = cercle
  await visit(page, circuit('EX-CERCLE'))
  await page.getByText('Demander la réouverture').first().click()
  await refused(page, await press(page, 'Demander la réouverture'), 'Il manque le motif')
  await page.getByLabel('Pourquoi rouvrir ce trimestre').fill('Une session du conseil oubliée à la commune 1.')
  assert.equal(await press(page, 'Demander la réouverture'), 200)
  await sees(page, 'article.alert', 'En attente')
  await sound(page)
  await screenshot(page, 'reouverture-demandee')
  await carry(cercle, region)

  await visit(region.page, circuit('EX-REGION'))
  await sees(region.page, 'article.alert', 'Une session du conseil oubliée')
  await refused(region.page, await press(region.page, 'Accepter la réouverture'), 'Il manque le motif')
  await region.page.getByLabel('Motif de la réponse').fill('D’accord, avant vendredi.')
  assert.equal(await press(region.page, 'Accepter la réouverture'), 200)
  await sees(region.page, 'article.alert', 'Acceptée')
  await screenshot(region.page, 'reouverture-acceptee')
  await carry(region, cercle)

  await visit(page, `/suivi/saisie/EX-C1/${QUARTER}/J02`)
  const cell = page.locator('[name="v.EDI_SESS_ORD"]')
  const before = await cell.inputValue()
  await cell.fill('3')
  await cell.press('Enter')
  await page.waitForFunction(() => document.querySelector('[name="o.EDI_SESS_ORD"]').value === '3')
  await visit(page, circuit('EX-CERCLE'))
  assert.equal(await press(page, 'Clore le trimestre'), 200)
  await carry(cercle, region)

  await visit(region.page, `/suivi/corrections/EX-REGION/${QUARTER}`)
  for (const words of [before, '3', 'Une session du conseil oubliée', 'Conseiller du centre']) {
    await sees(region.page, '#corrections', words)
  }
  await screenshot(region.page, 'corrections')
  await visit(region.page, circuit('EX-REGION'))
  assert.equal(await press(region.page, 'Valider la région'), 200)
  await sees(region.page, '.banner', 'Région validée')
})

test('J3.4 the mark states its formulas, its map and the code of each closing, also on paper', async () => {
  const { region } = posts
  const { page } = region
  await visit(page, circuit('EX-REGION'))
  await page.getByText('Sous quelles formules et quelle carte').click()
  for (const words of ['édition 1, empreinte', '3 communes, empreinte', 'celui d’origine']) {
    await sees(page, '.banner', words)
  }
  const code = (await page.locator('#received tbody td code').first().innerText()).trim()
  assert.match(code, /^[0-9a-f]{16}$/)
  await screenshot(page, 'validation-marque')
  await page.getByRole('link', { name: 'Bordereau à imprimer' }).click()
  await sound(page)
  await sees(page, '.letter h1', 'Validation du 4e trimestre 2024')
  await sees(page, '.letter', 'édition 1, empreinte')
  await sees(page, '#received', code)
  await screenshot(page, 'bordereau')
})

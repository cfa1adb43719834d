// J3.6: the health yearbook of another service beside our figures. It comes as services make them:
// Windows letters, semicolons, a title, totals, a misspelt commune. The region imports it, confirms
// what is uncertain, and decides gap by gap; the cercle reads what is asked of it and takes it up.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { addPerson, file, prepare, press, refused, sees, setUp, signIn } from './acts.mjs'

let browser, data, server, region, cercle
before(async () => {
  browser = await launch()
  data = await folder()
  await prepare(data, 'EX-REGION', 'exercise')
  server = await serve({ data })
  // Every step of the region works where no script runs.
  region = await page(browser, server.address, { javaScript: false })
  await setUp(region, {
    place: 'EX-REGION', post: 'CSR d’exemple', name: 'Awa Diarra', login: 'awa.diarra',
    office: 'regional-officer', title: 'Chargée de suivi',
  })
  await addPerson(data, {
    name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
    title: 'Conseiller du centre', place: 'EX-CERCLE',
  })
  cercle = await page(browser, server.address)
  await signIn(cercle, 'moussa.keita')
})
after(async () => {
  await browser?.close()
  await server?.stop()
  if (data) await rm(data, { recursive: true, force: true })
})

/** The yearbook: 2024T3 is filed in the exercise, 2024T4 is still open. */
const yearbook = (quarter, lines) =>
  [
    'Direction régionale de la santé;;;', `Annuaire sanitaire, ${quarter};;;`, '',
    'Aire;CPN 1;CPN 4;Remarque', ...lines, 'Total;1 000;500;',
  ].join('\r\n')

async function choose(name, text, fileName = 'annuaire.csv') {
  await visit(region, '/suivi/recoupement/importer')
  await region.getByLabel('Nom de la source').fill(name)
  await region.locator('input[type=file]').setInputFiles({
    name: fileName, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1'),
  })
  return press(region, 'Regarder le fichier')
}

const row = (of, words) => of.locator('tbody tr', { hasText: words })
const tiles = async (of) =>
  (await of.locator('.tiles b').allInnerTexts()).map((it) => Number(it.replace(/\D/g, '')))

test('what is no table is refused in words, and nothing waits', async () => {
  await refused(region, await choose('Annuaire', '%PDF-1.7 …', 'annuaire.pdf'), 'n’est pas un tableau')
  await refused(region, await choose('Annuaire', '\xd0\xcf\x11\xe0', 'vieux.xls'), 'ancien fichier Excel')
})

test('J3.6 columns, places, agreement: nothing is taken that a person did not confirm', async () => {
  const text = yearbook('2024', [
    "Commune d'exemple 1;25;20;", "Commune d'exmple 2;1 234,0;n.d.;à vérifier",
    "Commune d'exemple 3;;12;", 'Bamako-Coura;9;9;',
  ])
  assert.equal(await choose('Annuaire sanitaire 2024', text), 200)
  await sound(region)
  await sees(region, 'main', 'lu en Windows-1252')
  await region.getByLabel('Colonne des lieux').selectOption('Aire')
  assert.equal(await region.locator('input[name=donnee-1]').inputValue(), 'SAN_CPN1', 'proposed by its name')
  await screenshot(region, 'recoupement-colonnes')
  await refused(region, await press(region, 'Continuer vers les lieux'), 'Donnez la période')
  await region.getByLabel('Période de tout le tableau').fill('T4 2024')
  await region.locator('input[name=facteur-2]').fill('zéro')
  await refused(region, await press(region, 'Continuer vers les lieux'), 'ne multiplie pas')
  await region.locator('input[name=facteur-2]').fill('1')
  assert.equal(await press(region, 'Continuer vers les lieux'), 200)
  await sound(region)
  await sees(region, 'main', '2 lieux sont reconnus')
  await refused(region, await press(region, 'Continuer vers l’accord'), '2 lieux ne sont pas confirmés')
  await screenshot(region, 'recoupement-lieux')
  await row(region, 'exmple 2').locator('select').selectOption('EX-C2')
  await row(region, 'Bamako-Coura').locator('select').selectOption('aucun')
  assert.equal(await press(region, 'Continuer vers l’accord'), 200)
  await sound(region)
  assert.deepEqual(await tiles(region), [4, 3, 2, 1, 0])
  await screenshot(region, 'recoupement-accord')
  assert.equal(await press(region, 'Enregistrer et comparer'), 200)
  await sound(region)
  await sees(region, 'h1', 'Annuaire sanitaire 2024')
})

test('a decision has its reason; a correction is asked of the commune and never made for it', async () => {
  await visit(region, '/suivi/recoupement')
  await region.getByRole('link', { name: 'Annuaire sanitaire 2024' }).click()
  const here = region.url()
  await region.goto(`${here}?voir=absents`)
  await sound(region)
  await screenshot(region, 'recoupement-ecarts')
  const line = row(region, 'exemple 2')
  await line.locator('summary').click()
  const status = await press(region, 'Demander la correction', line)
  await refusedInPlace(status, 'Écrivez le motif')
  const again = row(region, 'exemple 2').first()
  await again.getByLabel('Motif').fill('Le registre du CSCOM dit 1 234.')
  assert.equal(await press(region, 'Demander la correction', again), 200)
  await sound(region)
  await sees(region, '#gaps', 'La correction est demandée')

  // Whoever reads the figure sees what the other source says of it, and what was decided.
  await visit(region, '/suivi/explorer/chiffre?mesure=SAN_CPN1&lieu=EX-C2&periode=2024T4')
  await sees(region, '#others', 'Annuaire sanitaire 2024')
  await sees(region, '#others', '1 234')
  await sees(region, '#others', 'La correction est demandée')
  await screenshot(region, 'recoupement-chiffre')
  const public_ = await page(browser, server.address)
  await public_.goto('/suivi/explorer/chiffre?mesure=SAN_CPN1&lieu=EX-C2&periode=2024T4')
  assert.equal(await public_.locator('#others').count(), 0, 'the public sees none of it')

  await visit(cercle, '/suivi/recoupement')
  await sees(cercle, '#proposed', '1 234')
  await sees(cercle, '#proposed', 'Le registre du CSCOM')
  await screenshot(cercle, 'recoupement-propositions')
  assert.equal(await press(cercle, 'Reprendre ce chiffre – Commune d’exemple 2, Femmes vues en première consultation prénatale', cercle.locator('#proposed')), 200)
  await sound(cercle)
  assert.equal(await cercle.locator('#proposed').count(), 0, 'the request is met')
  await cercle.goto('/suivi/saisie/EX-C2/2024T4/J04')
  const typed = await cercle.locator('textarea, input').evaluateAll((all) => all.map((it) => it.value))
  assert.ok(typed.includes('1234') || typed.includes('1\u202f234'), 'the figure is a draft')
  assert.ok(typed.some((it) => it.includes('autre source') && it.includes('Annuaire sanitaire 2024')))

  await region.goto(`${here}?voir=accords`)
  await sees(region, '#gaps', '1 234')
  const xlsx = await file(region, `${new URL(here).pathname}/ecarts.xlsx`)
  assert.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK')
  const pdf = await file(region, `${new URL(here).pathname}/ecarts.pdf`)
  assert.equal((await pdf.body()).subarray(0, 4).toString(), '%PDF')
})

async function refusedInPlace(status, words) {
  assert.equal(status, 422)
  await sees(region, '.err', words)
  await sound(region, { status })
}

test('the next year finds its columns and places; a faulty cell is told by line and column', async () => {
  const text = yearbook('2024', [
    "Commune d'exemple 1;20;18;", "Commune d'exmple 2;env. 30;12 %;", 'Bamako-Coura;9;9;',
  ])
  assert.equal(await choose('Annuaire sanitaire 2025', text), 200)
  await sees(region, '.banner', 'déjà été importée')
  assert.equal(await region.locator('input[name=donnee-2]').inputValue(), 'SAN_CPN4')
  await region.getByLabel('Période de tout le tableau').fill('2024T3')
  assert.equal(await press(region, 'Continuer vers les lieux'), 200)
  await sees(region, 'main', '2 sont remplis comme la dernière fois')
  assert.equal(await press(region, 'Continuer vers l’accord'), 200)
  await sound(region)
  await sees(region, '#faults', 'B CPN 1')
  await sees(region, '#faults', '« env. 30 » n’est pas un nombre')
  await sees(region, '#faults', 'est un pourcentage')
  await screenshot(region, 'recoupement-fautes')
  assert.equal(await region.getByRole('button', { name: 'Enregistrer et comparer' }).count(), 0)
})

test('in English, on a telephone', async () => {
  const narrow = await page(browser, server.address, { narrow: true, javaScript: true })
  await signIn(narrow, 'moussa.keita')
  await visit(narrow, '/suivi/recoupement?langue=en')
  await visit(narrow, '/suivi/recoupement/importer')
  await screenshot(narrow, 'recoupement-etroit')
})

// The national cell changes the questionnaire (J4.3): an edition from 2025T1 is prepared with a
// preview on real values, checked, compared on paper, issued, and reaches the cercle with a
// package. Old quarters keep their form.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { file, keep, prepare, press, refused, sees, setUp } from './acts.mjs'

const FORM = 'J08'
const posts = {
  cercle: {
    place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
    title: 'Conseiller du centre', post: 'CCC d’exemple', level: 'cercle',
  },
  nation: {
    place: 'EX-NATION', name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
    title: 'Cellule nationale', post: 'CCN d’exemple', level: 'nation',
  },
}

let browser
before(async () => {
  browser = await launch()
  await Promise.all(Object.values(posts).map(open))
})
after(async () => {
  await browser?.close()
  for (const it of Object.values(posts)) {
    await it.server?.stop()
    if (it.data) await rm(it.data, { recursive: true, force: true })
  }
})

async function open(it) {
  it.data = await folder()
  await prepare(it.data, it.place, 'example')
  it.server = await serve({ data: it.data })
  it.page = await page(browser, it.server.address)
  await setUp(it.page, it)
}

async function openPost(it) {
  await visit(it.page, '/postes')
  await it.page.getByLabel('Nom du poste').fill(it.post)
  await it.page.getByLabel('Niveau').selectOption(it.level)
  await press(it.page, 'Créer la carte')
  it.card = (await keep(it.page, it.page.getByRole('link', { name: 'Télécharger la carte' }))).bytes
}

async function meet(it, other) {
  await it.page.goto('/postes')
  await it.page.locator('input[type=file]').setInputFiles({
    name: 'carte.txt', mimeType: 'text/plain', buffer: other.card,
  })
  await press(it.page, 'Lire la carte')
  await press(it.page, 'Les huit mots sont les mêmes : enregistrer')
  await sees(it.page, '.banner', 'Le poste est enregistré')
}

const row = (sheet, key) => `/suivi/questionnaire/modifier/${sheet}/ligne?cle=${key}`
const fill = (page, column, text) => page.locator(`[name=${column}]`).fill(text)

test('everybody reads the questionnaire, its definitions and its formulas in words', async () => {
  const visitor = await page(browser, posts.nation.server.address)
  await visit(visitor, '/suivi/questionnaire')
  await sees(visitor, 'main', 'Édition 1, depuis l’origine')
  await screenshot(visitor, 'questionnaire')
  for (const sheet of ['fiches', 'donnees', 'listes', 'regles', 'indicateurs', 'parametres']) {
    await visit(visitor, `/suivi/questionnaire/${sheet}`)
  }
  await visit(visitor, '/suivi/questionnaire/indicateurs/ligne?cle=I010')
  await sees(visitor, '.summary', '[EDI_CONS|SEXE=F]')
  await screenshot(visitor, 'questionnaire-indicateur')
  await visit(visitor, '/suivi/questionnaire/listes/ligne?cle=SEXE%2FF')
  await visit(visitor, '/suivi/questionnaire?edition=7', { status: 404 })
  // Nobody but the national cell changes it.
  await visitor.goto('/suivi/questionnaire/modifier')
  assert.match(visitor.url(), /connexion/)
  const adviser = posts.cercle.page
  await visit(adviser, '/suivi/questionnaire/modifier', { status: 403 })
  const english = await page(browser, posts.nation.server.address, { language: 'en' })
  await visit(english, '/suivi/questionnaire/regles/ligne?cle=V018')
  const narrow = await page(browser, posts.nation.server.address, { narrow: true })
  await visit(narrow, '/suivi/questionnaire')
  await visit(narrow, '/suivi/questionnaire/indicateurs')
})

test('J4.3 the nation begins an edition; old quarters are refused', async () => {
  const { page } = posts.nation
  await visit(page, '/suivi/questionnaire/modifier')
  await fill(page, 'trimestre', '2024T4')
  await fill(page, 'objet', 'Comités de paix et part des femmes')
  await refused(page, await press(page, 'Commencer l’édition'), 'gardent leur forme')
  assert.equal(await page.locator('[name=objet]').inputValue(), 'Comités de paix et part des femmes')
  await fill(page, 'trimestre', '2025T1')
  assert.equal(await press(page, 'Commencer l’édition'), 200)
  await sound(page)
})

test('J4.3 a formula is previewed on real values, live and by a button, and explained', async () => {
  const { page } = posts.nation
  await visit(page, row('indicateurs', 'I010'))
  await sees(page, '#apercu', 'personnes')
  // Persons and money do not add up; the mistake is shown where it is.
  await fill(page, 'numerateur', '[EDI_CONS|SEXE=F]+[FIN_TDRL]')
  await page.locator('#apercu mark').waitFor()
  await sees(page, '#apercu', 'On ne peut pas additionner ni soustraire')
  assert.equal(await page.locator('#apercu mark').innerText(), '+')
  await screenshot(page, 'questionnaire-formule-fausse')
  await fill(page, 'numerateur', '[EDI_CONS|SEXE=F]+[EDI_BUREAU|SEXE=F]')
  await page.locator('#apercu table').waitFor()
  await sees(page, '#apercu', 'Avec le changement')
  await sound(page)
  await screenshot(page, 'questionnaire-apercu')
  // The same where no script runs, by the button.
  const old = await posts.nation.page.context().browser().newContext({
    baseURL: posts.nation.server.address, javaScriptEnabled: false, locale: 'fr-FR',
    storageState: await page.context().storageState(),
  })
  const plain = await old.newPage()
  await plain.goto(row('indicateurs', 'I010'))
  await plain.locator('[name=numerateur]').fill('[EDI_CONS|SEXE=F')
  await plain.getByRole('button', { name: 'Calculer' }).click()
  await plain.waitForLoadState()
  await sees(plain, '#apercu', 'au caractère')
  assert.equal(await plain.locator('[name=numerateur]').inputValue(), '[EDI_CONS|SEXE=F')
  await old.close()
  assert.equal(await press(page, 'Enregistrer dans l’édition'), 200)
  await sees(page, '.banner', 'Enregistré dans l’édition')
  // A rule counts its alerts.
  await visit(page, row('regles', 'V018'))
  await sees(page, '#apercu', 'avec l’édition en vigueur')
})

test('J4.3 questions are added and retired; what does not hold together is not issued', async () => {
  const { page } = posts.nation
  await visit(page, '/suivi/questionnaire/modifier/donnees/ligne')
  const cells = {
    code: 'SOC_COMITE', libelle_fr: 'Réunions du comité de paix', secteur: 'Vie sociale',
    unite: 'réunions', definition_fr: 'Réunions tenues pendant le trimestre, avec procès-verbal.',
  }
  for (const [column, text] of Object.entries(cells)) await fill(page, column, text)
  const words = {
    jeu: FORM, niveau_saisie: 'commune', type: 'entier', periodicite: 'trimestrielle',
    cumul_temps: 'somme', cumul_territoire: 'somme', palier: 'noyau', obligatoire: 'non',
    diffusion: 'publique', statut: 'proposition', apres: 'SOC_CONFLITS',
  }
  for (const [column, word] of Object.entries(words)) {
    await page.locator(`select[name=${column}]`).selectOption(word)
  }
  assert.equal(await press(page, 'Enregistrer dans l’édition'), 200)
  await sees(page, '.banner', 'Enregistré')
  await visit(page, row('donnees', 'SOC_CONFLITS_REG'))
  await press(page, 'Retirer à partir du 1er trimestre 2025')
  await sees(page, '.banner', 'ne peut pas encore être émise')
  await sees(page, '.banner', 'V043')
  await sound(page)
  await screenshot(page, 'questionnaire-edition-fausse')
  await visit(page, row('regles', 'V043'))
  await press(page, 'Retirer à partir du 1er trimestre 2025')
  await visit(page, row('indicateurs', 'I111'))
  await press(page, 'Retirer à partir du 1er trimestre 2025')
  await sees(page, '.banner', 'L’édition tient ensemble')
  await sound(page)
  await screenshot(page, 'questionnaire-edition')
})

test('J4.3 two editions are compared, on the page and on paper', async () => {
  const { page } = posts.nation
  await visit(page, '/suivi/questionnaire/differences?a=projet')
  await sees(page, 'main', 'SOC_COMITE')
  await sees(page, '#papers', 'Papier de l’édition 2')
  await sees(page, '#affected', 'I010')
  await screenshot(page, 'questionnaire-differences')
  await visit(page, '/suivi/questionnaire/modifier')
  assert.equal(await press(page, 'Émettre l’édition'), 200)
  await sees(page, '.banner', 'L’édition 2 est émise')
  await sound(page)
  await screenshot(page, 'questionnaire-emise')
  const paper = await file(page, '/suivi/questionnaire/differences.pdf?de=1&a=2')
  assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-')
})

test('J4.3 the cercle gets the edition with the next package; old quarters keep their form', async () => {
  const { nation, cercle } = posts
  for (const it of [nation, cercle]) await openPost(it)
  await meet(nation, cercle)
  await meet(cercle, nation)
  const asks = async (quarter) => {
    await visit(cercle.page, `/suivi/saisie/EX-C1/${quarter}/${FORM}?palier=complet`)
    return cercle.page.locator('code').allInnerTexts()
  }
  assert.ok(!(await asks('2025T1')).includes('SOC_COMITE'))
  await nation.page.goto('/echanges')
  const line = nation.page.locator('#poste tbody tr', { hasText: cercle.post })
  const made = await keep(nation.page, line.getByRole('button', { name: /^Créer l’envoi/ }))
  await cercle.page.goto('/echanges')
  await cercle.page.getByLabel('Fichier d’envoi').setInputFiles({
    name: made.name, mimeType: 'application/octet-stream', buffer: made.bytes,
  })
  await press(cercle.page, 'Lire le fichier')
  await sound(cercle.page)
  await press(cercle.page, 'Accepter l’envoi')
  await sees(cercle.page, '.banner', 'L’envoi est accepté')
  const now = await asks('2025T1')
  assert.ok(now.includes('SOC_COMITE'))
  assert.ok(!now.includes('SOC_CONFLITS_REG'))
  await screenshot(cercle.page, 'questionnaire-fiche-2025')
  const then = await asks('2024T4')
  assert.ok(!then.includes('SOC_COMITE'))
  assert.ok(then.includes('SOC_CONFLITS_REG'))
  await visit(cercle.page, '/suivi/questionnaire')
  await sees(cercle.page, '#editions', 'Comités de paix et part des femmes')
  // The results of the old quarter are what they were.
  const results = await file(cercle.page, '/suivi/indicateurs.json?lieu=EX-CERCLE&periode=2024T4&indicateur=I111')
  assert.equal((await results.json()).resultats.length, 1)
})
